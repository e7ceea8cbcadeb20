package io.roomcast.examples.chatserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.MongoWriteException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.IndexOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedMongoTest {
    private static final Document WORDS = new Document("_id", 1).append("word", "hello");

    @TempDir
    Path directory;

    @Test
    void data_survivesARestart() {
        try (EmbeddedMongo mongo = EmbeddedMongo.open(directory)) {
            insert(mongo);
        }

        assertHoldsWords(directory);
    }

    @Test
    void acknowledgedChange_isOnDisk_beforeAnythingIsClosed(@TempDir Path copy) throws IOException {
        try (EmbeddedMongo mongo = EmbeddedMongo.open(directory)) {
            insert(mongo);
            Files.copy(directory.resolve("chat.mv.db"), copy.resolve("chat.mv.db"));
        }

        assertHoldsWords(copy);
    }

    @Test
    void folder_isMade_ifItIsNotThere() {
        Path inner = directory.resolve("a/b");

        EmbeddedMongo.open(inner).close();

        assertThat(inner).isNotEmptyDirectory();
    }

    @Test
    void folderOfAnotherServer_isRefused() {
        try (EmbeddedMongo first = EmbeddedMongo.open(directory)) {
            assertThat(first.uri()).startsWith("mongodb://127.0.0.1:");
            assertThatThrownBy(() -> EmbeddedMongo.open(directory))
                    .isInstanceOf(StartException.class)
                    .hasMessage("CHAT_DATA_DIR: " + directory + " is in use by another server");
        }
    }

    @Test
    void fileInTheFoldersPlace_isRefused_inOneLine() throws IOException {
        Path file = Files.createFile(directory.resolve("file"));

        assertThatThrownBy(() -> EmbeddedMongo.open(file))
                .isInstanceOf(StartException.class)
                .message()
                .startsWith("CHAT_DATA_DIR: " + file + " cannot be written")
                .hasLineCount(1);
    }

    private static void insert(EmbeddedMongo mongo) {
        try (MongoClient client = MongoClients.create(mongo.uri())) {
            MongoCollection<Document> words = words(client);
            words.createIndex(new Document("word", 1), new IndexOptions().unique(true));
            words.insertOne(WORDS);
        }
    }

    private static void assertHoldsWords(Path directory) {
        try (EmbeddedMongo mongo = EmbeddedMongo.open(directory);
                MongoClient client = MongoClients.create(mongo.uri())) {
            assertThat(words(client).find()).containsExactly(WORDS);
            assertThatThrownBy(() -> words(client).insertOne(new Document("word", "hello")))
                    .isInstanceOf(MongoWriteException.class);
        }
    }

    private static MongoCollection<Document> words(MongoClient client) {
        return client.getDatabase("chat").getCollection("words");
    }
}
