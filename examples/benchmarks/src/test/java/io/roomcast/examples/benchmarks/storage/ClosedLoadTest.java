package io.roomcast.examples.benchmarks.storage;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.MongoClientSettings;
import com.mongodb.ServerAddress;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import de.bwaldvogel.mongo.MongoServer;
import io.roomcast.examples.benchmarks.server.DatabaseServer;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class ClosedLoadTest {
    private static final Cell CELL = new Cell(0, 20, 3);

    private final CommandCount commands = new CommandCount();
    private final MongoServer server = DatabaseServer.create();
    private MongoClient client;

    @BeforeEach
    void connect() {
        ServerAddress address = new ServerAddress("127.0.0.1", server.bind().getPort());
        client = MongoClients.create(MongoClientSettings.builder()
                .applyToClusterSettings(cluster -> cluster.hosts(List.of(address)))
                .addCommandListener(commands)
                .build());
    }

    @AfterEach
    void disconnect() {
        client.close();
        server.shutdownNow();
    }

    @ParameterizedTest
    @EnumSource
    void load_isStoredWithoutGaps(Strategy strategy) throws Exception {
        try (MessageWriter writer = strategy.open(client, "chat")) {
            writer.prepare(CELL.roomIds());
            ClosedLoad load = new ClosedLoad(writer, CELL);
            load.start();
            while (load.stored() < 300) {
                Thread.onSpinWait();
            }
            load.stop();

            assertThat(load.failed()).isZero();
            assertThat(client.getDatabase("chat").getCollection("messages").countDocuments())
                    .isEqualTo(load.stored());
            assertThat(StoredSequences.read(client, "chat").roomsWithGaps()).isZero();
            assertThat(commands.inserts()).isBetween(1L, commands.all());
        }
    }

    @Test
    void rooms_withAGap_orANumberUsedTwice_areCounted() {
        Map<String, List<Integer>> rooms = Map.of(
                "dense", List.of(2, 1, 3), "gap", List.of(1, 3), "late", List.of(2, 3), "twice", List.of(1, 2, 2));
        rooms.forEach((room, seqs) -> seqs.forEach(seq -> client.getDatabase("chat")
                .getCollection("messages")
                .insertOne(new Document("conversationId", room).append("seq", seq))));

        assertThat(StoredSequences.read(client, "chat").roomsWithGaps()).isEqualTo(3);
    }
}
