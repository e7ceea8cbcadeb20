package io.roomcast.chat.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.model.NewMessage;
import io.roomcast.chat.socketio.raw.RawWebSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Several messages in one event, for clients that ask for it. */
class BatchTest {
    private static final int MESSAGES = 500;
    private static final String BATCHES = "{\"features\":[\"messagesBatch\",\"somethingNew\"]}";
    private static final Pattern SEQ = Pattern.compile("\"seq\":(\\d+)");

    private ChatServer server;

    @BeforeEach
    void start() {
        server = ChatServer.builder().port(0).build().start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private RawWebSocket joined(String auth) {
        RawWebSocket socket = RawWebSocket.connected(server.port(), auth);
        socket.ask(1, "[\"joinRoom\",\"r\"]");
        return socket;
    }

    private CompletableFuture<?> say(int number) {
        return server.chat().send("r", NewMessage.text("ann", "message " + number));
    }

    private static List<Long> seqs(List<String> packets) {
        List<Long> seqs = new ArrayList<>();
        packets.forEach(
                packet -> SEQ.matcher(packet).results().forEach(found -> seqs.add(Long.parseLong(found.group(1)))));
        return seqs;
    }

    private void sayMany() {
        List<CompletableFuture<?>> all = new ArrayList<>();
        for (int i = 0; i < MESSAGES; i++) {
            all.add(say(i));
        }
        all.forEach(CompletableFuture::join);
    }

    @Test
    void messages_that_are_there_at_once_come_in_one_event_and_in_order() {
        try (RawWebSocket bob = joined(BATCHES)) {
            sayMany();
            List<String> packets = bob.textsUpTo("\"seq\":" + MESSAGES + ",");
            assertThat(seqs(packets))
                    .isEqualTo(LongStream.rangeClosed(1, MESSAGES).boxed().toList());
            assertThat(packets)
                    .anySatisfy(packet -> assertThat(packet)
                            .startsWith("42[\"messagesBatch\",[{\"conversationId\":\"r\",\"message\":{\"id\":")
                            .contains("}},{\"conversationId\":\"r\",\"message\":{")
                            .endsWith("}}]]"))
                    .allSatisfy(packet -> assertThat(seqs(List.of(packet))).hasSizeBetween(1, 50));
        }
    }

    @Test
    void session_names_what_the_client_gets_of_what_it_asks_for() {
        try (RawWebSocket bob = RawWebSocket.open(server.port())) {
            bob.nextText();
            assertThat(bob.connect(BATCHES)).contains("\"features\":[\"messagesBatch\"]");
        }
    }

    @Test
    void single_message_is_an_ordinary_one() {
        try (RawWebSocket bob = joined(BATCHES)) {
            say(1).join();
            assertThat(bob.nextText()).startsWith("42[\"receiveMessage\",{").endsWith("}}]");
        }
    }

    @Test
    void who_does_not_ask_for_it_gets_each_message_by_itself() {
        try (RawWebSocket bob = joined("")) {
            sayMany();
            assertThat(bob.textsUpTo("\"seq\":" + MESSAGES + ","))
                    .hasSize(MESSAGES)
                    .allSatisfy(packet -> assertThat(packet).startsWith("42[\"receiveMessage\","));
        }
    }
}
