package io.roomcast.chat;

import static io.roomcast.chat.fixture.ChatFixture.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.roomcast.chat.command.JoinRoom;
import io.roomcast.chat.command.LeaveRoom;
import io.roomcast.chat.command.SendMessage;
import io.roomcast.chat.fixture.Answer;
import io.roomcast.chat.fixture.AppendHook;
import io.roomcast.chat.fixture.Recorder;
import io.roomcast.chat.fixture.TestSession;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.Limits;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.MessageDraft;
import io.roomcast.chat.model.MessageType;
import io.roomcast.chat.spi.AppendResult;
import io.roomcast.chat.spi.ChatStore;
import io.roomcast.chat.testkit.Drafts;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Messages on their way into a store that takes its time, or does not answer. */
@Timeout(60)
class ChatServiceCommitTest {
    private final Recorder told = new Recorder();
    private final List<Integer> groups = new CopyOnWriteArrayList<>();
    private final Semaphore letThrough = new Semaphore(0);
    private final ChatStore memory = ChatStore.inMemory();
    private volatile AppendHook hook = (drafts, store) -> store.append(drafts);
    private final ChatEngine chat = ChatEngine.builder()
            .broadcaster(told)
            .limits(Limits.builder().queuedPerConversation(10_000).build())
            .store(AppendHook.around(memory, this::append))
            .build();
    private final TestSession ann = TestSession.of("ann");

    private List<AppendResult> append(List<MessageDraft> drafts, ChatStore store) {
        groups.add(drafts.size());
        letThrough.acquireUninterruptibly();
        return hook.append(drafts, store);
    }

    private void joinRoom(TestSession session) {
        chat.open(session);
        Answer<JoinRoom.Joined> joined = new Answer<>();
        chat.execute(session, JoinRoom.of("room"), joined);
        joined.result();
    }

    private Answer<SendMessage.Sent> send(String content) {
        Answer<SendMessage.Sent> answer = new Answer<>();
        chat.execute(ann, text("room", content), answer);
        return answer;
    }

    private Answer<SendMessage.Sent> send(String content, String key) {
        Answer<SendMessage.Sent> answer = new Answer<>();
        chat.execute(ann, SendMessage.of("room", null, MessageType.TEXT, content, null, key), answer);
        return answer;
    }

    private List<Long> seqsTold() {
        return told.messagesTo(ann).stream().map(Message::seq).toList();
    }

    private static List<Long> oneTo(int last) {
        return LongStream.rangeClosed(1, last).boxed().toList();
    }

    @AfterEach
    void close() {
        letThrough.release(10_000);
        chat.close();
    }

    @Test
    void thousand_messages_behind_one_that_is_on_its_way_are_stored_in_few_groups() {
        joinRoom(ann);
        List<Answer<SendMessage.Sent>> answers = new ArrayList<>();
        answers.add(send("0"));
        await().until(() -> groups.size() == 1);
        IntStream.rangeClosed(1, 1_000).forEach(i -> answers.add(send(String.valueOf(i))));
        letThrough.release(1_000);

        List<Message> stored =
                answers.stream().map(answer -> answer.result().message()).toList();
        assertThat(stored).extracting(Message::seq).isEqualTo(oneTo(1_001));
        assertThat(stored).extracting(Message::content).element(1_000).isEqualTo("1000");
        await().untilAsserted(() -> assertThat(seqsTold()).isEqualTo(oneTo(1_001)));
        assertThat(groups.size()).isLessThan(100);
    }

    @Test
    void sender_who_leaves_receives_the_echo_first() {
        joinRoom(ann);
        Answer<SendMessage.Sent> sent = send("bye");
        Answer<LeaveRoom.Left> left = new Answer<>();
        chat.execute(ann, new LeaveRoom("room"), left);
        assertThat(left.count()).isZero();
        letThrough.release();
        sent.result();
        left.result();
        assertThat(seqsTold()).containsExactly(1L);
    }

    @Test
    void others_come_and_go_while_a_message_is_on_its_way() {
        joinRoom(ann);
        Answer<SendMessage.Sent> sent = send("slow");
        await().until(() -> groups.size() == 1);
        joinRoom(TestSession.of("bob"));
        assertThat(sent.count()).isZero();
    }

    @Test
    void close_waits_for_messages_on_their_way() {
        Answer<SendMessage.Sent> sent = send("last");
        await().until(() -> groups.size() == 1);
        letThrough.release();
        chat.close();
        assertThat(sent.result().message().seq()).isEqualTo(1);
    }

    @Test
    void message_whose_answer_was_lost_is_sent_when_it_is_repeated() {
        joinRoom(ann);
        letThrough.release(2);
        hook = this::storeAndLoseTheAnswer;
        assertThat(send("lost", "key").code()).isEqualTo(ErrorCode.TIMEOUT);
        assertThat(seqsTold()).isEmpty();

        hook = (drafts, store) -> store.append(drafts);
        assertThat(send("lost", "key").result().duplicate()).isTrue();
        await().untilAsserted(() -> assertThat(seqsTold()).containsExactly(1L));
    }

    private List<AppendResult> storeAndLoseTheAnswer(List<MessageDraft> drafts, ChatStore store) {
        store.append(drafts);
        AppendResult unknown = new AppendResult.Failed(ChatException.of(ErrorCode.TIMEOUT));
        return drafts.stream().map(draft -> unknown).toList();
    }

    @Test
    void repeated_message_is_not_sent_to_the_room_again() {
        joinRoom(ann);
        letThrough.release(3);
        send("hello", "key").result();
        assertThat(send("hello", "key").result().duplicate()).isTrue();
        send("next").result();
        await().untilAsserted(() -> assertThat(seqsTold()).containsExactly(1L, 2L));
    }

    @Test
    void messages_that_another_node_stored_are_sent_before_the_next_one() {
        joinRoom(ann);
        memory.append(Drafts.texts("room", "bob", 3));
        letThrough.release();
        send("mine").result();
        await().untilAsserted(() -> assertThat(seqsTold()).isEqualTo(oneTo(4)));
    }

    @Test
    void messages_from_before_the_first_join_are_not_sent() {
        memory.append(Drafts.texts("room", "bob", 3));
        joinRoom(ann);
        letThrough.release();
        send("mine").result();
        await().untilAsserted(() -> assertThat(seqsTold()).containsExactly(4L));
    }
}
