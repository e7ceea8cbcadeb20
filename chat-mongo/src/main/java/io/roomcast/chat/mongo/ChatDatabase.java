package io.roomcast.chat.mongo;

import com.mongodb.MongoClientSettings;
import com.mongodb.ReadConcern;
import com.mongodb.ReadPreference;
import com.mongodb.WriteConcern;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.bson.Document;
import org.bson.codecs.configuration.CodecRegistries;
import org.bson.codecs.configuration.CodecRegistry;

/**
 * The collections, with the write and read concerns that the chat needs, whatever the client's settings are.
 *
 * @param handle the database
 * @param messages one document for each message
 * @param changes one for each change of a message; see {@link ChangeLog}
 * @param conversations one for each conversation
 * @param members one for each user of each conversation
 * @param receipts one for each user of each conversation who has received anything or joined an open conversation
 * @param preferences one for each user of each conversation who has preferences
 * @param followers one for each follower of each conversation
 * @param devices one for each device of a user
 * @param pushes one for each device of each conversation with a push notification that is to be sent
 * @param calls one for the call of each conversation that has one
 * @param meta the epoch, the cluster's key, the schema version, and the lease of a migration
 */
record ChatDatabase(
        MongoDatabase handle,
        MongoCollection<StoredMessage> messages,
        MongoCollection<Document> changes,
        MongoCollection<Document> conversations,
        MongoCollection<Document> members,
        MongoCollection<Document> receipts,
        MongoCollection<Document> preferences,
        MongoCollection<Document> followers,
        MongoCollection<Document> devices,
        MongoCollection<Document> pushes,
        MongoCollection<Document> calls,
        MongoCollection<Document> meta) {
    // A replica set always journals a majority write; a single server does so only with this option.
    private static final WriteConcern DURABLE =
            WriteConcern.MAJORITY.withJournal(true).withWTimeout(Reads.LIMIT.toMillis(), TimeUnit.MILLISECONDS);

    private static final CodecRegistry CODECS = CodecRegistries.fromRegistries(
            CodecRegistries.fromCodecs(new MessageCodec()), MongoClientSettings.getDefaultCodecRegistry());

    /** Returns the chat's view of a database. */
    static ChatDatabase of(MongoDatabase host) {
        MongoDatabase database = host.withCodecRegistry(CODECS)
                .withWriteConcern(DURABLE)
                .withReadConcern(ReadConcern.MAJORITY)
                .withReadPreference(ReadPreference.primary());
        return new ChatDatabase(
                database,
                database.getCollection("messages", StoredMessage.class),
                database.getCollection("changes"),
                database.getCollection("conversations"),
                database.getCollection("members"),
                database.getCollection("receipts"),
                database.getCollection("preferences"),
                database.getCollection("followers"),
                database.getCollection("devices"),
                database.getCollection("pushes"),
                database.getCollection("calls"),
                database.getCollection("meta"));
    }

    /** Returns this database with a time limit for each command, which applies even if the server does not answer. */
    ChatDatabase limitedTo(Duration command) {
        return of(handle.withTimeout(command.toMillis(), TimeUnit.MILLISECONDS));
    }

    /** Returns the database's name. */
    String name() {
        return handle.getName();
    }

    /** Returns once the server has replied. */
    void ping() {
        Repeat.once(() -> handle.runCommand(new Document("ping", 1)));
    }
}
