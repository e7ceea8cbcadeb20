package io.roomcast.examples.benchmarks.storage;

import com.mongodb.client.MongoClient;
import io.roomcast.chat.ChatEngine;
import io.roomcast.chat.command.SendMessage;
import io.roomcast.chat.model.Limits;
import io.roomcast.chat.mongo.MongoChatStore;
import java.util.concurrent.CompletableFuture;

/** Sends messages through the chat service, with queue limits that the load does not reach. */
final class RoomcastMessageWriter implements MessageWriter {
    private static final int MAX_QUEUED = 10_000;

    private final ChatEngine chat;

    RoomcastMessageWriter(MongoClient client, String database) {
        chat = ChatEngine.builder()
                .store(MongoChatStore.builder(client).database(database).build())
                .limits(Limits.builder()
                        .queued(MAX_QUEUED)
                        .queuedPerConversation(MAX_QUEUED)
                        .build())
                .build();
    }

    @Override
    public CompletableFuture<?> store(String room, String content) {
        return chat.service().execute(SendMessage.text(room, content).from("alice"));
    }

    @Override
    public void close() {
        chat.close();
    }
}
