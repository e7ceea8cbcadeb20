package io.roomcast.chat.internal.host;

import io.roomcast.chat.event.ChatEvent;
import io.roomcast.chat.event.MessageChanged;
import io.roomcast.chat.event.MessageEdited;
import io.roomcast.chat.event.MessageSent;
import io.roomcast.chat.fixture.ThreadlessExecutor;
import io.roomcast.chat.internal.execution.SafeScheduler;
import io.roomcast.chat.model.Change;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.MessageBody;
import io.roomcast.chat.model.MessageDraft;
import io.roomcast.chat.spi.AppendResult;
import io.roomcast.chat.spi.ChatFollower;
import io.roomcast.chat.spi.ChatMetrics;
import io.roomcast.chat.spi.ChatStore;
import io.roomcast.chat.time.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Servers that follow one store, in virtual time and on one thread, so that each run is the same. */
final class FollowerFixture {
    final VirtualTime time = new VirtualTime();
    final ChatStore store = ChatStore.inMemory(time.clock());

    /** Handles events, and records them as {@code c:1} for a message and {@code c:v1} for a change. */
    static final class Recording implements ChatFollower {
        final List<String> handled = new ArrayList<>();
        int failures;

        @Override
        public void onEvents(String conversationId, List<ChatEvent> events) {
            if (failures > 0) {
                failures--;
                throw new IllegalStateException("not now");
            }
            events.forEach(event -> handled.add(name(event)));
        }
    }

    static String name(ChatEvent event) {
        if (event instanceof MessageSent sent) {
            return sent.message().conversationId() + ":" + sent.message().seq();
        }
        Message message = ((MessageChanged) event).message();
        return message.conversationId() + ":v" + message.version();
    }

    /** A server with followers. */
    final class Node {
        final Followers followers;
        /** How often a thread was asked to work. */
        int wakeUps;

        private boolean crashed;

        Node(ChatStore store) {
            followers = new Followers(
                    store,
                    ChatMetrics.none(),
                    time.clock(),
                    new SafeScheduler(time.scheduler()),
                    name -> new Direct(this));
        }

        /** Loses all work from now on. */
        void crash() {
            crashed = true;
        }

        Message send(String conversationId) {
            Message sent = store(conversationId);
            followers.accept(new MessageSent(sent));
            return sent;
        }

        Message react(Message message, String userId) {
            Message after = reactUnreported(message, userId);
            followers.accept(new MessageEdited(after));
            return after;
        }
    }

    Node node() {
        return new Node(store);
    }

    /** Stores a message that no server reports. */
    Message store(String conversationId) {
        MessageDraft draft = new MessageDraft(
                UUID.randomUUID().toString(),
                conversationId,
                "ann",
                UUID.randomUUID().toString(),
                MessageBody.text("hello"),
                time.clock().instant());
        return ((AppendResult.Stored) store.append(List.of(draft)).get(0)).message();
    }

    Message reactUnreported(Message message, String userId) {
        return store.change(new Change.React(
                        message.conversationId(),
                        message.id(),
                        userId,
                        time.clock().instant(),
                        "+1"))
                .message();
    }

    Message unreact(Message message, String userId) {
        return store.change(new Change.Unreact(
                        message.conversationId(),
                        message.id(),
                        userId,
                        time.clock().instant(),
                        "+1"))
                .message();
    }

    void advance(Duration duration) {
        time.advance(duration);
    }

    /** Runs tasks on the calling thread until the server crashes. */
    private static final class Direct extends ThreadlessExecutor {
        private final Node node;

        Direct(Node node) {
            this.node = node;
        }

        @Override
        public void execute(Runnable task) {
            node.wakeUps++;
            if (!node.crashed && !isShutdown()) {
                task.run();
            }
        }
    }
}
