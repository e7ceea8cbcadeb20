package io.roomcast.examples.chatserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.roomcast.examples.chatserver.Ledger.Entry;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;

/** Compares what clients have sent and received with the stored messages. */
final class SentAndStored {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final Duration POLL_INTERVAL = Duration.ofMillis(10);
    private static final int PAGE = 100;

    private final HttpClient http = HttpClient.newHttpClient();
    private final ObjectMapper json = new ObjectMapper();
    private final ChatClients clients;
    private final String url;

    private SentAndStored(ChatClients clients, String url) {
        this.clients = clients;
        this.url = url;
    }

    /**
     * Stops the clients. Fails unless all acknowledged messages are stored once and in the order of their senders, and
     * were received in the order stored.
     */
    static void verify(ChatClients clients, String url) throws Exception {
        new SentAndStored(clients, url).verify();
    }

    private void verify() throws Exception {
        clients.ledger().more(50).get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
        clients.stop();
        await("the last acknowledgements")
                .atMost(TIMEOUT)
                .pollInterval(POLL_INTERVAL)
                .until(() -> !clients.isWaiting());
        Map<String, List<Entry>> stored = new HashMap<>();
        for (String conversation : ChatClients.CONVERSATIONS) {
            stored.put(conversation, history(conversation));
        }
        System.out.printf(
                "%d messages, %d retries, %d answered as duplicates%n",
                clients.ledger().acknowledged().size(),
                clients.retries(),
                clients.ledger().duplicates());
        assertThat(clients.ledger().violations()).isEmpty();
        assertThat(all(stored))
                .containsExactlyInAnyOrderElementsOf(clients.ledger().acknowledged());
        stored.values().forEach(SentAndStored::assertDense);
        stored.values().forEach(SentAndStored::assertSendersKeepTheirOrder);
        clients.sockets().forEach(client -> assertReceivedInOrder(client, stored.get(client.conversationId())));
    }

    private static List<Entry> all(Map<String, List<Entry>> stored) {
        return stored.values().stream().flatMap(List::stream).toList();
    }

    private static void assertDense(List<Entry> conversation) {
        assertThat(conversation)
                .extracting(Entry::seq)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, conversation.size()).boxed().toList());
        assertThat(conversation).extracting(Entry::key).doesNotHaveDuplicates();
    }

    private static void assertSendersKeepTheirOrder(List<Entry> conversation) {
        Map<String, List<Integer>> counts = new HashMap<>();
        for (Entry message : conversation) {
            String count = message.key().substring(message.senderId().length() + 1);
            counts.computeIfAbsent(message.senderId(), sender -> new ArrayList<>())
                    .add(Integer.valueOf(count));
        }
        assertThat(counts.values())
                .hasSize(5)
                .allSatisfy(order -> assertThat(order).isSorted());
    }

    /** A client may miss messages while it is disconnected, but receives none twice, out of order or altered. */
    private static void assertReceivedInOrder(SocketIoChannel client, List<Entry> stored) {
        assertThat(client.received())
                .isNotEmpty()
                .isSortedAccordingTo(Comparator.comparingLong(Entry::seq))
                .doesNotHaveDuplicates()
                .isSubsetOf(stored);
    }

    private List<Entry> history(String conversation) throws Exception {
        List<Entry> messages = new ArrayList<>();
        boolean hasMore = true;
        while (hasMore) {
            String page = "?limit=" + PAGE + "&after=" + messages.size();
            JsonNode answer = json.readTree(get("/api/conversations/" + conversation + "/messages" + page));
            answer.path("messages").forEach(message -> messages.add(Entry.of(message)));
            hasMore = answer.path("hasMore").asBoolean();
        }
        return messages;
    }

    private String get(String path) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(url + path)).timeout(TIMEOUT).build();
        return http.send(request, BodyHandlers.ofString()).body();
    }
}
