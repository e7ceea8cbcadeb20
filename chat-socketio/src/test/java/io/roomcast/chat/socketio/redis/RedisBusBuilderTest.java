package io.roomcast.chat.socketio.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.security.NoSuchAlgorithmException;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedisBusBuilderTest {
    @Test
    void text_names_the_address_and_no_secret() {
        RedisBus bus = RedisBus.builder("redis-sentinel://alice:secret@a,b/main")
                .sentinelPassword("bob", "hidden")
                .prefix("chat")
                .build();

        assertThat(bus).hasToString("RedisBus[redis-sentinel://a:26379,b:26379/main, prefix chat]");
        bus.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a{b}", "a:b", "a*", "äöü", "012345678901234567890123456789012"})
    void prefix_of_another_form_is_refused(String prefix) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RedisBus.builder("redis://a").prefix(prefix))
                .withMessageStartingWith("prefix: \"" + prefix + "\"");
    }

    @Test
    void setting_without_effect_is_refused() throws NoSuchAlgorithmException {
        SSLContext context = SSLContext.getDefault();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> RedisBus.builder("redis://a").sslContext(context))
                .withMessage("sslContext: not used by redis://a:6379 (expected: an address with rediss)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RedisBus.builder("redis://a").sentinelPassword(null, "secret"))
                .withMessage("password: not used by redis://a:6379 (expected: an address with redis-sentinel)");
    }
}
