package io.roomcast.chat.socketio.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.roomcast.chat.ChatService;
import io.roomcast.chat.model.Limits;
import io.roomcast.chat.socketio.ChatServer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

class ChatServerExtensionTest {
    private static final Set<ChatServer> SERVERS = new LinkedHashSet<>();

    /** Tests that each get a server, or share one; run below. */
    @ExtendWith(ChatServerExtension.class)
    static class OfClass {
        @Test
        void first(ChatServer server, ChatService chat) {
            SERVERS.add(server);
            assertThat(server.chat()).isSameAs(chat);
            assertThat(server.port()).isPositive();
        }

        @Test
        void second(ChatServer server) {
            SERVERS.add(server);
        }

        @Nested
        class Inner {
            @Test
            void third(ChatServer server) {
                SERVERS.add(server);
            }
        }
    }

    static class OfMethod {
        @RegisterExtension
        final ChatServerExtension chat = ChatServerExtension.of(
                builder -> builder.limits(Limits.builder().contentLength(7).build()));

        @BeforeEach
        void note(ChatServer server) {
            SERVERS.add(server);
        }

        @Test
        void first(ChatService chat) {
            assertThat(chat.limits().contentLength()).isEqualTo(7);
        }

        @Test
        void second(ChatServer server) {
            assertThat(SERVERS).contains(server);
        }
    }

    private static TestExecutionSummary run(Class<?> tests) {
        SERVERS.clear();
        SummaryGeneratingListener summary = new SummaryGeneratingListener();
        LauncherFactory.create(LauncherConfig.builder()
                        .enableLauncherSessionListenerAutoRegistration(false)
                        .build())
                .execute(
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(selectClass(tests))
                                .build(),
                        summary);
        return summary.getSummary();
    }

    private static void assertClosed(int count) {
        List<ChatServer> servers = new ArrayList<>(SERVERS);
        assertThat(servers).hasSize(count).allSatisfy(server -> {
            assertThat(server.toString()).startsWith("ChatServer[stopped");
            assertThatIllegalStateException().isThrownBy(server::start);
        });
    }

    @Test
    void class_has_one_server_that_is_closed_after_it() {
        TestExecutionSummary summary = run(OfClass.class);
        assertThat(summary.getTestsSucceededCount()).isEqualTo(3);
        assertThat(summary.getFailures()).isEmpty();
        assertClosed(1);
    }

    @Test
    void method_has_its_own_server_with_the_settings() {
        TestExecutionSummary summary = run(OfMethod.class);
        assertThat(summary.getFailures()).isEmpty();
        assertThat(summary.getTestsSucceededCount()).isEqualTo(2);
        assertClosed(2);
    }

    @Test
    void settings_are_required() {
        assertThatNullPointerException()
                .isThrownBy(() -> ChatServerExtension.of(null))
                .withMessage("settings");
    }
}
