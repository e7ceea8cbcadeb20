package io.roomcast.chat.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.event.SessionRevoked.Reason;
import org.junit.jupiter.api.Test;

class SessionRevokedTest {
    @Test
    void reasons_have_stable_names_on_the_wire() {
        assertThat(Reason.values())
                .extracting(Reason::wireName)
                .containsExactly("token_expired", "revoked", "abuse", "too_many_sessions");
    }

    @Test
    void only_an_expired_token_is_worth_a_reconnection() {
        assertThat(Reason.values())
                .filteredOn(reason -> new SessionRevoked(reason).reconnect())
                .containsExactly(Reason.TOKEN_EXPIRED);
    }
}
