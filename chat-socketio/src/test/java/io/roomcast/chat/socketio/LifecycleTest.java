package io.roomcast.chat.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.roomcast.chat.model.MessageDraft;
import io.roomcast.chat.model.NewMessage;
import io.roomcast.chat.model.Principal;
import io.roomcast.chat.socketio.guard.OnEachTransport;
import io.roomcast.chat.socketio.raw.RawHttp;
import io.roomcast.chat.socketio.raw.RawWebSocket;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

@OnEachTransport
class LifecycleTest {
    @Test
    void port_is_known_only_after_the_start() {
        try (ChatServer server = ChatServer.builder().port(0).build()) {
            assertThatThrownBy(server::port).isInstanceOf(IllegalStateException.class);
            assertThat(server.start().port()).isPositive();
            assertThatThrownBy(server::start).hasMessageContaining("starts once");
        }
    }

    @Test
    void port_in_use_is_reported_in_one_line_and_everything_is_released() {
        try (ChatServer first = ChatServer.builder().port(0).build().start()) {
            int before = ownThreads();
            ChatServer second = ChatServer.builder().port(first.port()).build();
            assertThatThrownBy(second::start)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageStartingWith("cannot listen on 127.0.0.1:" + first.port());
            second.close();
            await().untilAsserted(() -> assertThat(ownThreads()).isLessThanOrEqualTo(before));
            assertThat(RawHttp.get(first.port(), "/health/live").status()).isEqualTo(200);
        }
    }

    @Test
    void stop_sends_leave_events_and_leaves_nothing_behind() {
        int before = ownThreads();
        ChatServer server = ChatServer.builder().port(0).build().start();
        try (RawWebSocket socket = RawWebSocket.connected(server.port())) {
            assertThat(socket.ask(1, "[\"leaveRoom\",\"r\"]")).contains("true");
            long begin = System.nanoTime();
            server.close();
            // A server whose clients have to be waited for takes 5 s; the rest is for a busy machine.
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(4));
            assertThat(socket.nextText())
                    .matches("42\\[\"serverDraining\",\\{\"reconnectInMs\":\\d{1,4},\"deadlineMs\":5000}]");
            assertThat(socket.closeCode()).isEqualTo(1001);
        }
        server.close();
        await().untilAsserted(() -> assertThat(ownThreads()).isLessThanOrEqualTo(before));
    }

    @Test
    void stop_waits_for_what_is_on_its_way() throws Exception {
        CountDownLatch arrived = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        ChatServer server = ChatServer.builder()
                .port(0)
                .interceptor(draft -> heldUp(draft, arrived, released))
                .build()
                .start();
        try (RawWebSocket socket = RawWebSocket.connected(server.port())) {
            socket.text("421[\"sendMessage\",{\"conversationId\":\"r\",\"senderId\":\"a\",\"content\":\"late\"}]");
            arrived.await();
            CompletableFuture<Void> stopped = CompletableFuture.runAsync(server::close);
            await().until(() -> isRefusing(server.port()));
            await().until(() -> socket.ask(2, "[\"leaveRoom\",\"other\"]")
                    .contains("\"code\":\"server_draining\",\"retryable\":true"));
            released.countDown();
            assertThat(socket.nextText()).startsWith("431[{\"success\":true,");
            assertThat(socket.nextText()).startsWith("42[\"serverDraining\",");
            assertThat(socket.closeCode()).isEqualTo(1001);
            stopped.join();
        }
    }

    private static MessageDraft heldUp(MessageDraft draft, CountDownLatch arrived, CountDownLatch released) {
        arrived.countDown();
        try {
            released.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        return draft;
    }

    private static boolean isRefusing(int port) {
        try {
            new RawHttp(port).close();
            return false;
        } catch (UncheckedIOException refused) {
            return true;
        }
    }

    @Test
    void server_that_never_started_can_be_closed() {
        int before = ownThreads();
        ChatServer.builder().build().close();
        await().untilAsserted(() -> assertThat(ownThreads()).isLessThanOrEqualTo(before));
    }

    @Test
    void host_sends_without_a_client() {
        try (ChatServer server = ChatServer.builder().port(0).build().start()) {
            assertThat(server.chat()
                            .send("r", NewMessage.system("Welcome"))
                            .join()
                            .seq())
                    .isEqualTo(1);
            assertThat(RawHttp.get(server.port(), "/api/conversations/r/messages")
                            .body())
                    .contains("\"type\":\"system\",\"content\":\"Welcome\"");
        }
    }

    @Test
    void server_without_an_authenticator_stays_on_loopback() {
        assertThatThrownBy(() -> ChatServer.builder().host("0.0.0.0").build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("openAccess()");
        ChatServer.builder().host("0.0.0.0").openAccess().build().close();
        ChatServer.builder()
                .host("0.0.0.0")
                .authenticator(Principal::of)
                .build()
                .close();
    }

    @Test
    void all_mistakes_are_reported_together() {
        assertThatThrownBy(() -> ChatServer.builder()
                        .port(70_000)
                        .allowedOrigins("app.example.com/path")
                        .host("0.0.0.0")
                        .build())
                .hasMessageContainingAll("port: 70000", "allowedOrigins: app.example.com/path", "host: 0.0.0.0");
    }

    private static int ownThreads() {
        return (int) Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.matches("(nio|epoll)EventLoopGroup.*|roomcast.*"))
                .count();
    }
}
