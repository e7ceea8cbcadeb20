package io.roomcast.chat;

import static io.roomcast.chat.fixture.ChatFixture.text;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.roomcast.chat.command.AddMembers;
import io.roomcast.chat.command.Command;
import io.roomcast.chat.command.JoinRoom;
import io.roomcast.chat.command.RemoveMember;
import io.roomcast.chat.fixture.Answer;
import io.roomcast.chat.fixture.Recorder;
import io.roomcast.chat.fixture.TestSession;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.NewConversation;
import io.roomcast.chat.spi.AccessPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Members who are removed while they try to stay, on the chat's own threads and in real time. */
@Timeout(60)
class RemovalRaceTest {
    private static final int ROUNDS = 100;

    private final Recorder told = new Recorder();
    private final ChatEngine chat = ChatEngine.builder()
            .broadcaster(told)
            .accessPolicy(AccessPolicy.membersOnly())
            .build();
    private final ExecutorService threads = Executors.newFixedThreadPool(2);
    private final TestSession ann = session("ann");
    private final TestSession bob = session("bob");

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

    private <R> Answer<R> run(TestSession session, Command<R> command) {
        Answer<R> answer = new Answer<>();
        chat.execute(session, command, answer);
        return answer;
    }

    @Test
    void member_removed_by_the_owner_receives_no_later_message() throws Exception {
        play(
                () -> run(ann, new AddMembers("g", List.of("bob"))).result(),
                () -> run(ann, new RemoveMember("g", "bob")).result());
    }

    @Test
    void member_removed_by_the_host_receives_no_later_message() throws Exception {
        play(
                () -> chat.service().addMembers("g", Set.of("bob")),
                () -> chat.service().removeMember("g", "bob"));
    }

    private void play(Runnable add, Runnable remove) throws Exception {
        chat.service().create(NewConversation.group("g", "Group", List.of("ann")));
        run(ann, JoinRoom.of("g")).result();
        for (int round = 0; round < ROUNDS; round++) {
            add.run();
            Future<?> staying = threads.submit(this::joinUntilRefused);
            Future<?> talking = threads.submit(() -> talk("before"));
            remove.run();
            talk("after");
            staying.get(20, SECONDS);
            talking.get(20, SECONDS);
            awaitTold(2 * round + 2);
        }
        assertThat(told.messagesTo(bob)).extracting(Message::content).doesNotContain("after");
    }

    /** A member who joins again in the next round may receive its messages, so those of this round must be sent before. */
    private void awaitTold(int messages) {
        await().pollInterval(Duration.ofMillis(1))
                .until(() -> told.messagesTo(ann).size() == messages);
    }

    private void joinUntilRefused() {
        boolean refused = false;
        while (!refused) {
            refused = run(bob, JoinRoom.of("g")).isRefused();
        }
    }

    private void talk(String words) {
        run(ann, text("g", words)).result();
    }
}
