package io.roomcast.chat.socketio.redis;

import io.roomcast.chat.socketio.redis.Subscriptions.Change;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * Two connections to one server, from their opening to their loss: one for commands, one that receives. The writer's
 * thread owns both, except that the reader's thread reads from the second.
 */
final class RedisSession implements AutoCloseable {
    private static final int CHANNELS_PER_COMMAND = 512;

    private final Connection commands;
    private final RedisConnection subscriber;
    private final byte[] heartbeat;
    private final RedisNames names;
    private final RedisReader reader;

    RedisSession(RedisEndpoint endpoint, RedisNames names, byte[] heartbeat, RedisReader.Receiver receiver) {
        this.names = names;
        this.heartbeat = heartbeat;
        HostAndPort server = endpoint.server();
        commands = endpoint.connect(server);
        try {
            subscriber = endpoint.connect(server);
        } catch (RuntimeException failure) {
            commands.close();
            throw failure;
        }
        reader = new RedisReader(subscriber, heartbeat, receiver, this::abort);
    }

    /**
     * Subscribes to all channels, and last to that of the heartbeat. So this node receives all of them once it receives
     * its heartbeat.
     */
    void start(List<String> channels) {
        // Reads the confirmations of the first channels while the last ones are written.
        reader.start();
        subscribe(Command.SUBSCRIBE, channels.stream().map(names::channel).toList());
        subscribe(Command.SUBSCRIBE, List.of(heartbeat));
        flushSubscriber();
    }

    /** Changes the subscriptions. */
    void apply(List<Change> changes) {
        for (Change change : changes) {
            subscribe(
                    change.isAdded() ? Command.SUBSCRIBE : Command.UNSUBSCRIBE,
                    change.channels().stream().map(names::channel).toList());
        }
        flushSubscriber();
    }

    private void subscribe(Command command, List<byte[]> channels) {
        for (int from = 0; from < channels.size(); from += CHANNELS_PER_COMMAND) {
            CommandArguments arguments = new CommandArguments(command);
            channels.subList(from, Math.min(channels.size(), from + CHANNELS_PER_COMMAND))
                    .forEach(arguments::add);
            subscriber.sendCommand(arguments);
        }
    }

    /** Sends what is buffered. jedis does so when it reads a reply, which is the reader's task here. */
    private void flushSubscriber() {
        subscriber.flush();
    }

    /** Requests a reply on both connections. */
    void ping() {
        Operation.send(subscriber, Command.PING);
        flushSubscriber();
        Operation.send(commands, Command.PUBLISH, heartbeat, heartbeat);
        commands.getMany(1);
    }

    /** Sends operations together, and handles their replies. Those without a reply fail. */
    void run(List<? extends Operation> operations, ErrorReplies errors) {
        int done = 0;
        try {
            List<Integer> replies = new ArrayList<>(operations.size());
            operations.forEach(operation -> replies.add(operation.send(commands)));
            List<Object> all = commands.getMany(
                    replies.stream().mapToInt(Integer::intValue).sum());
            int from = 0;
            for (; done < operations.size(); done++) {
                int to = from + replies.get(done);
                handle(operations.get(done), all.subList(from, to), errors);
                from = to;
            }
        } finally {
            operations
                    .subList(Math.min(done, operations.size()), operations.size())
                    .forEach(Operation::fail);
        }
    }

    private static void handle(Operation operation, List<Object> replies, ErrorReplies errors) {
        for (Object reply : replies) {
            if (reply instanceof JedisDataException error) {
                operation.fail();
                errors.accept(error);
                return;
            }
        }
        operation.complete(replies);
    }

    /** Decides about an error of a command. */
    interface ErrorReplies {
        /** Throws the error if the connection is of no use; else the session continues. */
        void accept(JedisDataException error);
    }

    /**
     * Checks the connection that receives.
     *
     * @throws RuntimeException if it is lost
     */
    void check() {
        RuntimeException failure = reader.failure();
        if (failure != null) {
            throw failure;
        }
    }

    /** Returns the time at which the last heartbeat was received, in terms of {@link System#nanoTime}. */
    long heardAt() {
        return reader.heardAt();
    }

    /** Ends both connections without sending what is buffered. May be called by any thread. */
    void abort() {
        abort(commands);
        abort(subscriber);
    }

    private static void abort(Connection connection) {
        try {
            connection.forceDisconnect();
        } catch (IOException | JedisConnectionException closed) {
            // It is of no use in either case.
        }
    }

    /** Ends both connections, and waits for the reader. */
    @Override
    public void close() {
        abort();
        reader.awaitEnd();
    }
}
