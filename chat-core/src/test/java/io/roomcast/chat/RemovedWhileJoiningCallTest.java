package io.roomcast.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.command.AcceptCall;
import io.roomcast.chat.command.CallEntry;
import io.roomcast.chat.command.DeclineCall;
import io.roomcast.chat.command.RejoinCall;
import io.roomcast.chat.command.StartCall;
import io.roomcast.chat.event.CallLeft;
import io.roomcast.chat.fixture.Answer;
import io.roomcast.chat.fixture.ChatFixture;
import io.roomcast.chat.fixture.TestSession;
import io.roomcast.chat.model.Call;
import io.roomcast.chat.model.CallLeaveReason;
import io.roomcast.chat.model.CallMedia;
import io.roomcast.chat.model.IceGrant;
import io.roomcast.chat.model.NewConversation;
import io.roomcast.chat.spi.AccessPolicy;
import io.roomcast.chat.spi.CallOptions;
import io.roomcast.chat.spi.ChatStore;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A member who is removed from a conversation while the host is asked for the servers of the member's device. */
@Timeout(60)
class RemovedWhileJoiningCallTest {
    private final Semaphore asked = new Semaphore(0);
    private final Semaphore permits = new Semaphore(0);
    private final ChatStore store = ChatStore.inMemory();
    private final ChatFixture chat = ChatFixture.with(builder -> builder.accessPolicy(AccessPolicy.membersOnly())
            .store(store)
            .calls(CallOptions.of((call, participant, now) -> {
                if (participant.userId().equals("bob")) {
                    asked.release();
                    permits.acquireUninterruptibly();
                }
                return IceGrant.NONE;
            })));

    private TestSession ann;
    private TestSession bob;

    @BeforeEach
    void create() {
        chat.chat().create(NewConversation.group("g", "Group", List.of("ann", "bob")));
        ann = chat.user("ann");
        bob = chat.user("bob");
    }

    @AfterEach
    void close() {
        chat.close();
    }

    enum Way {
        STARTS,
        ANSWERS,
        JOINS_AFTER_DECLINING,
        RETURNS,
        RETURNS_AFTER_A_RELOAD
    }

    private Answer<?> begin(Way way) {
        if (way == Way.STARTS) {
            return chat.run(bob, new StartCall("g", CallMedia.AUDIO));
        }
        String callId = chat.run(ann, new StartCall("g", CallMedia.AUDIO))
                .result()
                .entry()
                .callId();
        if (way == Way.JOINS_AFTER_DECLINING) {
            chat.run(bob, new DeclineCall(callId)).result();
        }
        if (way == Way.ANSWERS || way == Way.JOINS_AFTER_DECLINING) {
            return chat.run(bob, new AcceptCall(callId));
        }
        permits.release();
        CallEntry entry = chat.run(bob, new AcceptCall(callId)).result();
        asked.acquireUninterruptibly();
        return chat.run(bob, new RejoinCall(callId, entry.key(), 0, way == Way.RETURNS_AFTER_A_RELOAD));
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void does_not_remain_in_the_call(Way way) throws InterruptedException {
        Answer<?> joining = begin(way);
        asked.acquire();
        chat.chat().removeMember("g", "bob");
        permits.release();
        joining.isRefused();
        chat.settle();
        assertThat(store.calls().in(List.of("g")))
                .flatExtracting(Call::participants)
                .noneMatch(participant -> participant.userId().equals("bob"));
        assertThat(chat.told().toldTo(bob))
                .filteredOn(CallLeft.class::isInstance)
                .last()
                .extracting(event -> ((CallLeft) event).reason())
                .isEqualTo(CallLeaveReason.REMOVED);
    }
}
