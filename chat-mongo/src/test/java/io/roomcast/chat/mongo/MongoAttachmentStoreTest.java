package io.roomcast.chat.mongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.client.MongoClient;
import com.mongodb.client.gridfs.GridFSBuckets;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.StoredFile;
import io.roomcast.chat.spi.AttachmentStore;
import io.roomcast.chat.testkit.AttachmentStoreContract;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Random;
import org.bson.BsonString;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class MongoAttachmentStoreTest extends AttachmentStoreContract {
    private static final String ID = "AAAAAAAAAAAAAAAAAAAAAA";
    private static TestServer server;

    private final String database = MongoHarness.newName();

    @BeforeAll
    static void startServer() {
        server = TestServer.inMemory();
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @AfterEach
    void dropDatabase() {
        client().getDatabase(database).drop();
    }

    private static MongoClient client() {
        return server.client();
    }

    @Override
    protected AttachmentStore open() {
        return MongoAttachmentStore.of(client(), database);
    }

    private static StoredFile file(int size) {
        return new StoredFile(ID, "room", "ann", "a.bin", size, "a/b", null, Instant.EPOCH, null);
    }

    @Test
    void driver_reads_a_file_that_was_continued_by_another_node() {
        byte[] all = new byte[600_000];
        new Random(7).nextBytes(all);
        try (AttachmentStore first = open();
                AttachmentStore second = open()) {
            first.create(file(all.length));
            first.append(ID, 0, ByteBuffer.wrap(all, 0, 300_000));
            first.sync(ID);
            second.append(ID, 300_000, ByteBuffer.wrap(all, 300_000, 300_000));
            second.sync(ID);
            assertThat(first.size(ID)).isEqualTo(all.length);
        }
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        GridFSBuckets.create(client().getDatabase(database), "attachments").downloadToStream(new BsonString(ID), read);
        assertThat(read.toByteArray()).isEqualTo(all);
    }

    @Test
    void key_that_another_node_has_stored_is_taken() {
        StoredFile here = new StoredFile(ID, "room", "ann", "a.bin", 1, "a/b", "my key", Instant.EPOCH, null);
        StoredFile there = new StoredFile("B", "room", "ann", "a.bin", 1, "a/b", "my key", Instant.EPOCH, null);
        try (AttachmentStore first = open();
                AttachmentStore second = open()) {
            assertThat(first.create(here)).isTrue();
            assertThat(second.create(there)).isFalse();
            assertThat(second.uploadsOf("ann")).containsExactly(here);
        }
    }

    @Test
    void bytes_of_an_append_that_did_not_end_do_not_count() {
        try (AttachmentStore store = open()) {
            store.create(file(6));
            store.append(ID, 0, ByteBuffer.wrap(new byte[] {1, 2, 3}));
            client().getDatabase(database)
                    .getCollection("attachments.files")
                    .updateOne(new Document("_id", ID), new Document("$set", new Document("length", 1L)));
            assertThat(store.size(ID)).isEqualTo(1);
            assertThat(store.append(ID, 1, ByteBuffer.wrap(new byte[] {7}))).isEqualTo(2);
            ByteBuffer read = ByteBuffer.allocate(10);
            assertThat(reading(store, read)).isEqualTo(2);
            assertThat(read.get(1)).isEqualTo((byte) 7);
        }
    }

    private static int reading(AttachmentStore store, ByteBuffer target) {
        try {
            return store.read(ID, 0, 10).read(target);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    @Test
    void malformed_document_is_left_out() {
        try (AttachmentStore store = open()) {
            store.create(file(1));
            client().getDatabase(database)
                    .getCollection("attachments.files")
                    .insertOne(new Document("_id", "foreign").append("length", 1L));
            assertThat(store.list("", 10)).containsExactly(file(1));
        }
    }

    @Test
    void database_that_cannot_be_reached_is_reported() {
        assertThatThrownBy(
                        () -> MongoAttachmentStore.connect("mongodb://127.0.0.1:1/chat?serverSelectionTimeoutMS=100"))
                .isInstanceOf(ChatException.class);
    }
}
