package io.roomcast.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.command.AcceptCall;
import io.roomcast.chat.command.CallEntry;
import io.roomcast.chat.command.RejoinCall;
import io.roomcast.chat.command.SignalCall;
import io.roomcast.chat.command.StartCall;
import io.roomcast.chat.event.CallSignalled;
import io.roomcast.chat.fixture.Answer;
import io.roomcast.chat.fixture.ChatFixture;
import io.roomcast.chat.fixture.TestSession;
import io.roomcast.chat.model.CallMedia;
import io.roomcast.chat.model.CallSignal;
import io.roomcast.chat.model.CallSignalKind;
import io.roomcast.chat.model.IceGrant;
import io.roomcast.chat.model.NewConversation;
import io.roomcast.chat.spi.CallOptions;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A device that returns to a call, while the host is asked for its servers. */
@Timeout(60)
class ReturningCallDeviceTest {
    private static final String DIRECT = NewConversation.direct("ann", "bob").conversationId();

    private final Semaphore asked = new Semaphore(0);
    private final Semaphore permits = new Semaphore(2);

    @Test
    void signals_before_during_and_after_the_return_are_received_once_and_in_order() throws InterruptedException {
        try (ChatFixture chat = ChatFixture.with(builder -> builder.calls(CallOptions.of((call, participant, now) -> {
            asked.release();
            permits.acquireUninterruptibly();
            return IceGrant.NONE;
        })))) {
            chat.chat().create(NewConversation.direct("ann", "bob"));
            TestSession ann = chat.user("ann");
            TestSession bob = chat.user("bob");
            CallEntry entry = chat.run(ann, new StartCall(DIRECT, CallMedia.AUDIO))
                    .result()
                    .entry();
            chat.run(bob, new AcceptCall(entry.callId())).result();
            asked.acquire(2);
            chat.engine().close(ann);
            signal(chat, bob, entry, "1").result();

            TestSession again = chat.user("ann");
            Answer<RejoinCall.Rejoined> returning =
                    chat.run(again, new RejoinCall(entry.callId(), entry.key(), 0, false));
            asked.acquire();
            Answer<SignalCall.Signalled> during = signal(chat, bob, entry, "2");
            permits.release();
            RejoinCall.Rejoined returned = returning.result();
            during.result();
            signal(chat, bob, entry, "3").result();
            chat.settle();
            assertThat(returned.lost()).isFalse();
            assertThat(Stream.concat(returned.signals().stream(), sent(chat, again)))
                    .extracting(CallSignal::data)
                    .containsExactly("1", "2", "3");
        }
    }

    private static Stream<CallSignal> sent(ChatFixture chat, TestSession session) {
        return chat.told().toldTo(session).stream()
                .filter(CallSignalled.class::isInstance)
                .map(event -> ((CallSignalled) event).signal());
    }

    private static Answer<SignalCall.Signalled> signal(ChatFixture chat, TestSession from, CallEntry to, String data) {
        return chat.run(from, new SignalCall(to.callId(), to.participantId(), CallSignalKind.OFFER, data));
    }
}
