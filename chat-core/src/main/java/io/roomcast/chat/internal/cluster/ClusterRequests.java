package io.roomcast.chat.internal.cluster;

import io.roomcast.chat.internal.cluster.ControlEvent.Answer.Item;
import io.roomcast.chat.internal.cluster.ControlEvent.Request;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Requests actions and answers of other nodes, and receives their responses. Safe for use by any thread; never blocks. */
public final class ClusterRequests {
    /** A request, with the names of the nodes that have not responded. */
    private static final class Pending {
        private final Map<NodeId, String> missing;
        private final CompletableFuture<Void> done = new CompletableFuture<>();

        private Pending(Map<NodeId, String> nodes) {
            missing = new HashMap<>(nodes);
        }

        private synchronized boolean remove(Collection<NodeId> nodes) {
            missing.keySet().removeAll(nodes);
            return missing.isEmpty();
        }

        private synchronized Collection<String> names() {
            return new TreeSet<>(missing.values());
        }
    }

    private final Map<Long, Pending> requests = new ConcurrentHashMap<>();
    private final Map<Long, AnswerListener> questions = new ConcurrentHashMap<>();
    private final ClusterLink link;

    /** Receives what nodes respond to a question. Called on a thread of the bus, once or several times for each node. */
    @FunctionalInterface
    public interface AnswerListener {
        /** A node has responded. */
        void received(NodeId from, List<Item> items);
    }

    public ClusterRequests(ClusterLink link) {
        this.link = link;
    }

    /** A request that waits for its responses. */
    public record Waiting(long id, CompletableFuture<Void> done) {}

    /**
     * Sends a request to the given nodes. The future completes when all have responded or are gone. The caller ends it
     * by {@link #expire} after some time.
     */
    public Waiting send(
            Request.Action action,
            @Nullable String conversationId,
            @Nullable String userId,
            Map<NodeId, String> nodes) {
        long id = ThreadLocalRandom.current().nextLong();
        Pending pending = new Pending(nodes);
        requests.put(id, pending);
        link.publish(Channel.all(), new Request(id, action, conversationId, userId));
        return new Waiting(id, pending.done);
    }

    /**
     * Asks the nodes that receive a channel. The caller ends the question by {@link #end} after some time.
     *
     * @return the id of the question
     */
    public long ask(Channel channel, Request.Action action, @Nullable String userId, AnswerListener listener) {
        long id = ThreadLocalRandom.current().nextLong();
        questions.put(id, listener);
        link.publish(channel, new Request(id, action, null, userId));
        return id;
    }

    /**
     * Requests the node that holds a value to keep it on the bus now. Of all nodes, the listener is called for that one.
     *
     * @return the id of the question, which the caller ends after some time
     */
    public long release(String secret, @Nullable String ownerId, AnswerListener listener) {
        long id = ThreadLocalRandom.current().nextLong();
        questions.put(id, listener);
        link.publish(Channel.all(), new ControlEvent.Release(id, ClusterLink.hash(secret), ownerId));
        return id;
    }

    /** Ends a question. Later responses are ignored. */
    public void end(long id) {
        questions.remove(id);
    }

    /** Records an answer. */
    public void received(ControlEvent.Answer answer, NodeId from) {
        AnswerListener question = questions.get(answer.requestId());
        if (question != null) {
            question.received(from, answer.items());
        }
    }

    /** Records a response. */
    public void received(ControlEvent.Response response, NodeId from) {
        end(response.requestId(), List.of(from));
    }

    /** Waits no longer for nodes that are gone. */
    public void gone(Collection<NodeId> nodes) {
        requests.keySet().forEach(id -> end(id, nodes));
    }

    private void end(long id, Collection<NodeId> nodes) {
        Pending pending = requests.get(id);
        if (pending != null && pending.remove(nodes)) {
            requests.remove(id);
            pending.done.complete(null);
        }
    }

    /** Gives a request up. Returns the names of the nodes that have not responded. */
    public Collection<String> expire(long id) {
        Pending pending = requests.remove(id);
        return pending == null ? List.of() : pending.names();
    }
}
