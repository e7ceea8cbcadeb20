package io.roomcast.chat;

import static io.roomcast.chat.fixture.ChatFixture.text;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.roomcast.chat.command.EditMessage;
import io.roomcast.chat.command.GetMessages;
import io.roomcast.chat.command.JoinRoom;
import io.roomcast.chat.command.LeaveRoom;
import io.roomcast.chat.command.SendMessage;
import io.roomcast.chat.event.MessageEdited;
import io.roomcast.chat.event.MessageSent;
import io.roomcast.chat.event.RoomSynced;
import io.roomcast.chat.fixture.Answer;
import io.roomcast.chat.fixture.Recorder;
import io.roomcast.chat.fixture.TestSession;
import io.roomcast.chat.model.Limits;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.NewMessage;
import io.roomcast.chat.model.Position;
import io.roomcast.chat.model.Resume;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many concurrent commands, on the chat's own threads and in real time. */
@Timeout(60)
class ChatServiceRaceTest {
    private static final int SENDERS = 8;

    private final Recorder told = new Recorder();
    private final Limits limits =
            Limits.builder().queuedPerConversation(10_000).historyPageMax(1_000).build();
    private final ChatEngine chat =
            ChatEngine.builder().broadcaster(told).limits(limits).build();
    private final ExecutorService threads = Executors.newFixedThreadPool(SENDERS);

    @AfterEach
    void close() {
        threads.shutdownNow();
        chat.close();
    }

    private TestSession session(String userId) {
        TestSession session = TestSession.of(userId);
        chat.open(session);
        return session;
    }

    private TestSession joined(String userId) {
        TestSession session = session(userId);
        join(session);
        return session;
    }

    private JoinRoom.Joined join(TestSession session) {
        Answer<JoinRoom.Joined> answer = new Answer<>();
        chat.execute(session, JoinRoom.of("room"), answer);
        return answer.result();
    }

    private Answer<SendMessage.Sent> send(TestSession session, String content) {
        Answer<SendMessage.Sent> answer = new Answer<>();
        chat.execute(session, text("room", content), answer);
        return answer;
    }

    private static List<Long> dense(long count) {
        return LongStream.rangeClosed(1, count).boxed().toList();
    }

    private static List<Long> seqs(List<Message> messages) {
        return messages.stream().map(Message::seq).toList();
    }

    private void atOnce(List<Callable<Void>> runners) throws Exception {
        CyclicBarrier start = new CyclicBarrier(runners.size());
        List<Future<Void>> all = new ArrayList<>();
        for (Callable<Void> runner : runners) {
            all.add(threads.submit(() -> {
                start.await(20, SECONDS);
                return runner.call();
            }));
        }
        for (Future<Void> one : all) {
            one.get(40, SECONDS);
        }
    }

    @Test
    void thousand_messages_sent_without_waiting_keep_their_order() {
        TestSession ann = joined("ann");
        List<Answer<SendMessage.Sent>> answers = IntStream.range(0, 1_000)
                .mapToObj(i -> send(ann, "message " + i))
                .toList();
        for (int i = 0; i < answers.size(); i++) {
            Message sent = answers.get(i).result().message();
            assertThat(sent.seq()).isEqualTo(i + 1L);
            assertThat(sent.content()).isEqualTo("message " + i);
        }
        await().until(() -> told.messagesTo(ann).size() == 1_000);
        assertThat(seqs(told.messagesTo(ann))).isEqualTo(dense(1_000));
    }

    @Test
    void everybody_sees_the_same_dense_order_of_many_senders() throws Exception {
        List<TestSession> senders =
                IntStream.range(0, SENDERS).mapToObj(i -> joined("user-" + i)).toList();
        atOnce(senders.stream()
                .<Callable<Void>>map(sender -> () -> sendMany(sender))
                .toList());
        int total = SENDERS * 200;
        await().until(() -> told.events().size() == total);
        List<Message> seen = told.messagesTo(senders.get(0));
        assertThat(seqs(seen)).isEqualTo(dense(total));
        assertThat(senders)
                .allSatisfy(sender -> assertThat(told.messagesTo(sender)).isEqualTo(seen));
        assertThat(senders).allSatisfy(sender -> assertOrderOf(sender, seen));
    }

    private Void sendMany(TestSession sender) {
        List<Answer<SendMessage.Sent>> answers = IntStream.range(0, 200)
                .mapToObj(i -> send(sender, String.valueOf(i)))
                .toList();
        answers.forEach(Answer::result);
        assertThat(answers).allSatisfy(answer -> assertThat(answer.count()).isEqualTo(1));
        return null;
    }

    private static void assertOrderOf(TestSession sender, List<Message> seen) {
        List<String> own = seen.stream()
                .filter(message -> message.senderId().equals(sender.id()))
                .map(Message::content)
                .toList();
        assertThat(own)
                .isEqualTo(IntStream.range(0, 200).mapToObj(String::valueOf).toList());
    }

    @Test
    void racing_retries_of_one_message_are_one_message() throws Exception {
        TestSession ann = joined("ann");
        SendMessage retry = SendMessage.text("room", "hello").withClientMessageId("key-1");
        List<SendMessage.Sent> sent = Collections.synchronizedList(new ArrayList<>());
        atOnce(Collections.nCopies(SENDERS, () -> {
            Answer<SendMessage.Sent> answer = new Answer<>();
            chat.execute(ann, retry, answer);
            sent.add(answer.result());
            return null;
        }));
        assertThat(sent)
                .extracting(SendMessage.Sent::message)
                .containsOnly(sent.get(0).message());
        assertThat(sent).filteredOn(one -> !one.duplicate()).hasSize(1);
        await().until(() -> told.events().size() == 1);
    }

    @Test
    void sessions_that_join_while_messages_are_sent_miss_none() throws Exception {
        TestSession witness = joined("witness");
        Semaphore turns = new Semaphore(0);
        Map<TestSession, Long> joinedAt = new ConcurrentHashMap<>();
        List<Callable<Void>> runners = new ArrayList<>(Collections.nCopies(3, () -> joinMany(turns, joinedAt)));
        runners.add(() -> sendThousand(turns));
        atOnce(runners);
        await().until(() -> told.messagesTo(witness).size() == 1_000);
        assertThat(joinedAt).hasSize(150);
        joinedAt.forEach((session, from) -> assertNoHole(from, read(session), told.messagesTo(session)));
    }

    /** Each message waits for the one before, so that joins fall between them all the way. */
    private Void sendThousand(Semaphore turns) {
        for (int i = 0; i < 1_000; i++) {
            chat.service().send("room", NewMessage.text("bob", "message " + i)).join();
            if (i % 20 == 0) {
                turns.release(3);
            }
        }
        return null;
    }

    private Void joinMany(Semaphore turns, Map<TestSession, Long> joinedAt) throws InterruptedException {
        for (int i = 0; i < 50; i++) {
            turns.acquire();
            TestSession session = session("joiner");
            joinedAt.put(session, join(session).position().seq());
        }
        return null;
    }

    private List<Message> read(TestSession session) {
        Answer<GetMessages.Page> answer = new Answer<>();
        chat.execute(session, GetMessages.after("room", 0).withLimit(1_000), answer);
        return answer.result().messages();
    }

    /** The messages that it read up to its position and received afterwards are all messages. */
    private static void assertNoHole(long from, List<Message> history, List<Message> live) {
        List<Long> all = new ArrayList<>(
                seqs(history).stream().filter(seq -> seq <= from).toList());
        all.addAll(seqs(live).stream().filter(seq -> seq > from).toList());
        assertThat(all).isEqualTo(dense(1_000));
    }

    @Test
    void session_that_left_receives_nothing_after_its_answer() throws Exception {
        TestSession ann = joined("ann");
        Future<Void> sending = threads.submit(() -> sendThousand(new Semaphore(0)));
        await().until(() -> !told.messagesTo(ann).isEmpty());
        Answer<LeaveRoom.Left> left = new Answer<>();
        chat.execute(ann, new LeaveRoom("room"), left);
        left.result();
        int heard = told.messagesTo(ann).size();
        sending.get(20, SECONDS);
        assertThat(told.messagesTo(ann)).hasSize(heard);
        assertThat(seqs(told.messagesTo(ann))).isEqualTo(dense(heard));
    }

    @Test
    void sessions_that_resume_while_messages_are_sent_receive_each_once() throws Exception {
        TestSession witness = joined("witness");
        Semaphore turns = new Semaphore(0);
        List<TestSession> resumed = Collections.synchronizedList(new ArrayList<>());
        List<Callable<Void>> runners = new ArrayList<>(Collections.nCopies(3, () -> resumeMany(turns, resumed)));
        runners.addAll(Collections.nCopies(4, () -> sendAtOnce(turns)));
        atOnce(runners);
        await().until(() -> told.messagesTo(witness).size() == 1_000);
        assertThat(resumed).hasSize(60);
        await().until(() -> resumed.stream().allMatch(session -> heard(session).size() >= 1_000));
        assertThat(resumed).allSatisfy(session -> assertThat(heard(session)).isEqualTo(dense(1_000)));
    }

    private Void sendAtOnce(Semaphore turns) {
        TestSession sender = session("bob");
        List<Answer<SendMessage.Sent>> answers = new ArrayList<>();
        for (int i = 0; i < 250; i++) {
            answers.add(send(sender, "message " + i));
            if (i % 15 == 0) {
                turns.release(1);
                answers.forEach(Answer::result);
            }
        }
        answers.forEach(Answer::result);
        return null;
    }

    private Void resumeMany(Semaphore turns, List<TestSession> resumed) throws InterruptedException {
        for (int i = 0; i < 20; i++) {
            turns.acquire();
            TestSession session = session("resumer");
            resumed.add(session);
            chat.resume(session, new Resume(epoch(), Map.of("room", Position.START)));
        }
        return null;
    }

    private String epoch() {
        Answer<GetMessages.Page> answer = new Answer<>();
        chat.execute(session("reader"), GetMessages.latest("room").withLimit(1), answer);
        return answer.result().epoch();
    }

    /** Returns the sequence numbers of all messages in the order in which the session received them, in pages and live. */
    private List<Long> heard(TestSession session) {
        return told.toldTo(session).stream()
                .flatMap(event -> event instanceof RoomSynced synced
                        ? synced.page().messages().stream()
                        : Stream.of(((MessageSent) event).message()))
                .map(Message::seq)
                .toList();
    }

    @Test
    void racing_changes_are_sent_in_the_order_of_their_versions() throws Exception {
        TestSession witness = joined("witness");
        List<Message> messages = IntStream.range(0, 10)
                .mapToObj(i -> chat.service()
                        .send("room", NewMessage.text("ann", "message " + i))
                        .join())
                .toList();
        atOnce(Collections.nCopies(4, () -> editMany(messages)));
        await().until(() -> editsTo(witness).size() == 400);
        List<Message> edits = editsTo(witness);
        assertThat(edits.stream().map(Message::version).toList()).isEqualTo(dense(400));
        assertThat(read(witness))
                .allSatisfy(message -> assertThat(edits)
                        .filteredOn(edit -> edit.id().equals(message.id()))
                        .last()
                        .isEqualTo(message));
    }

    private Void editMany(List<Message> messages) {
        for (int i = 0; i < 100; i++) {
            String id = messages.get(i % messages.size()).id();
            String content = Thread.currentThread().getId() + " " + i;
            chat.service().execute(EditMessage.of("room", id, content)).join();
        }
        return null;
    }

    private List<Message> editsTo(TestSession session) {
        return told.toldTo(session).stream()
                .filter(MessageEdited.class::isInstance)
                .map(event -> ((MessageEdited) event).message())
                .toList();
    }
}
