package io.roomcast.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.command.AcceptCall;
import io.roomcast.chat.command.CallEntry;
import io.roomcast.chat.command.EndCall;
import io.roomcast.chat.command.StartCall;
import io.roomcast.chat.command.UpdateCall;
import io.roomcast.chat.event.CallLeft;
import io.roomcast.chat.fixture.ChatFixture;
import io.roomcast.chat.fixture.TestSession;
import io.roomcast.chat.model.CallLeaveReason;
import io.roomcast.chat.model.CallMedia;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.NewConversation;
import io.roomcast.chat.spi.CallOptions;
import io.roomcast.chat.spi.ChatStore;
import io.roomcast.chat.spi.IceServers;
import io.roomcast.chat.time.VirtualTime;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Changes of calls by another server with the same store, whose notices do not arrive. */
class UnannouncedCallEndsTest {
    private final VirtualTime time = new VirtualTime();
    private final ChatStore store = ChatStore.inMemory(time.clock());
    private final ChatFixture here = chat(builder -> builder.scheduler(time.scheduler()));
    private final ChatFixture elsewhere = chat(builder -> builder);

    private TestSession ann;
    private TestSession bob;
    private TestSession cid;
    private CallEntry anns;
    private CallEntry bobs;
    private CallEntry cids;

    private ChatFixture chat(UnaryOperator<ChatEngineBuilder> parts) {
        return ChatFixture.with(builder ->
                parts.apply(builder.store(store).clock(time.clock()).calls(CallOptions.of(IceServers.none()))));
    }

    @BeforeEach
    void start() {
        here.chat().create(NewConversation.group("g", "Group", List.of("ann", "bob", "cid")));
        ann = here.user("ann");
        bob = here.user("bob");
        cid = here.user("cid");
        anns = here.run(ann, new StartCall("g", CallMedia.AUDIO)).result().entry();
        bobs = here.run(bob, new AcceptCall(anns.callId())).result();
        cids = here.run(cid, new AcceptCall(anns.callId())).result();
    }

    @AfterEach
    void close() {
        elsewhere.close();
        here.close();
    }

    private CallLeft lost(CallEntry entry, String userId) {
        return new CallLeft(entry.callId(), entry.participantId(), userId, CallLeaveReason.LOST);
    }

    private void waitUntilNoticed() {
        time.advance(Duration.ofSeconds(61));
    }

    @Test
    void devices_learn_that_their_call_has_ended() {
        elsewhere.run(elsewhere.user("ann"), new EndCall(anns.callId(), true)).result();
        waitUntilNoticed();
        assertThat(here.told().toldTo(ann)).containsOnlyOnce(lost(anns, "ann"));
        assertThat(here.told().toldTo(bob)).containsOnlyOnce(lost(bobs, "bob"));
        assertThat(here.told().toldTo(cid)).containsOnlyOnce(lost(cids, "cid"));
    }

    @Test
    void devices_learn_that_one_of_them_has_left() {
        elsewhere.chat().removeMember("g", "bob");
        waitUntilNoticed();
        assertThat(List.of(ann, bob, cid))
                .allSatisfy(device -> assertThat(here.told().toldTo(device))
                        .filteredOn(CallLeft.class::isInstance)
                        .containsExactly(lost(bobs, "bob")));
        UpdateCall update = new UpdateCall(anns.callId(), false, null, null, null);
        assertThat(here.run(bob, update).code()).isEqualTo(ErrorCode.CALL_NOT_FOUND);
        here.run(ann, update).result();
    }
}
