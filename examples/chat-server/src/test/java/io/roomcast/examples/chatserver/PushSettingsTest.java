package io.roomcast.examples.chatserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PushSettingsTest {
    private static Map<String, String> newVariables() {
        Map<String, String> variables = new HashMap<>();
        for (String line : PushSettings.newKeys()) {
            List<String> parts = List.of(line.split("=", 2));
            variables.put(parts.get(0), parts.get(1));
        }
        variables.put(PushSettings.SUBJECT, "mailto:ops@example.com");
        return variables;
    }

    @Test
    void printedKeys_canBeUsed() {
        Map<String, String> variables = newVariables();
        variables.put(PushSettings.SERVICES, "push.example.com *.push.example.org:8443");
        PushSettings settings = ServerConfig.parse(variables).push().orElseThrow();
        assertThat(settings.services()).containsExactly("push.example.com", "*.push.example.org:8443");
        assertThat(settings.webPush().clientSettings())
                .containsExactly(Map.entry("applicationServerKey", variables.get(PushSettings.PUBLIC_KEY)));
        assertThat(settings.toString()).doesNotContain(variables.get(PushSettings.PRIVATE_KEY));
    }

    @Test
    void withoutVariables_noNotificationIsSent() {
        assertThat(ServerConfig.parse(Map.of()).push()).isEmpty();
    }

    @ParameterizedTest(name = "{0}={1}")
    @CsvSource(delimiter = '|', nullValues = "none", textBlock = """
                    CHAT_PUSH_PUBLIC_KEY  | none            | CHAT_PUSH_PUBLIC_KEY: none
                    CHAT_PUSH_PRIVATE_KEY | none            | CHAT_PUSH_PRIVATE_KEY: none
                    CHAT_PUSH_SUBJECT     | none            | CHAT_PUSH_SUBJECT: none
                    CHAT_PUSH_PUBLIC_KEY  | BBBB            | CHAT_PUSH_PRIVATE_KEY: (not shown)
                    CHAT_PUSH_PRIVATE_KEY | secret          | CHAT_PUSH_PRIVATE_KEY: (not shown)
                    CHAT_PUSH_SUBJECT     | ops@example.com | CHAT_PUSH_SUBJECT: ops@example.com
                    CHAT_PUSH_SERVICES    | https://a.b     | CHAT_PUSH_SERVICES: https://a.b
                    """)
    void incompleteOrInvalidVariables_areRefused(String name, String value, String line) {
        Map<String, String> variables = newVariables();
        variables.put(name, value == null ? "" : value);
        assertThatThrownBy(() -> ServerConfig.parse(variables))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(line);
    }

    @Test
    void servicesAlone_areRefused() {
        assertThatThrownBy(() -> ServerConfig.parse(Map.of(PushSettings.SERVICES, "push.example.com")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(PushSettings.PUBLIC_KEY);
    }
}
