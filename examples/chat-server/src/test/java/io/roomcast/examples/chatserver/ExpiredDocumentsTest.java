package io.roomcast.examples.chatserver;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import io.roomcast.chat.model.HistoryQuery;
import io.roomcast.chat.model.HistoryQuery.Anchor;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.MessageDraft;
import io.roomcast.chat.mongo.MongoChatStore;
import io.roomcast.chat.testkit.Drafts;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExpiredDocumentsTest {
    private static final int MANY = 1_100;

    @TempDir
    Path directory;

    @Test
    void expiredMessages_areRemoved_anHourLater() {
        try (EmbeddedMongo mongo = EmbeddedMongo.open(directory);
                MongoChatStore store = MongoChatStore.connect(mongo.uri());
                MongoClient client = MongoClients.create(mongo.uri())) {
            store.append(List.of(Drafts.text("c", "ann", "lasting")));
            store.append(IntStream.range(0, MANY).mapToObj(i -> expiring("x")).toList());
            store.append(List.of(Drafts.text("c", "ann", "lasting")));

            ExpiredDocuments.remove(mongo.uri(), Instant.now().plus(Duration.ofMinutes(59)));
            assertThat(count(client)).isEqualTo(MANY + 2);
            ExpiredDocuments.remove(mongo.uri(), Instant.now().plus(Duration.ofMinutes(62)));
            assertThat(count(client)).isEqualTo(2);
            assertThat(store.history(new HistoryQuery("c", Anchor.AFTER, 0, 10)))
                    .extracting(Message::seq)
                    .containsExactly(1L, MANY + 2L);
        }
    }

    private static MessageDraft expiring(String content) {
        return Drafts.text("c", "ann", content).expiringAt(Instant.now().plusSeconds(60));
    }

    private static long count(MongoClient client) {
        return client.getDatabase("chat").getCollection("messages").countDocuments();
    }
}
