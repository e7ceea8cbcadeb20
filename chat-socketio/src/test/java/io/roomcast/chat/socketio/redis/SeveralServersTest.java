package io.roomcast.chat.socketio.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.model.NewMessage;
import io.roomcast.chat.socketio.ChatServer;
import io.roomcast.chat.socketio.guard.RequiresPrograms;
import io.roomcast.chat.socketio.raw.RawWebSocket;
import io.roomcast.chat.spi.ChatStore;
import io.roomcast.chat.testkit.FaultProxy;
import io.roomcast.chat.testkit.Workers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Several servers with one store and a real Redis, each behind a proxy of its own. */
@RequiresPrograms({"redis-server", "redis-sentinel"})
@Timeout(120)
class SeveralServersTest extends RedisCase {
    private static final int SERVERS = 3;
    private static final int MESSAGES = 300;
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(15);
    private static final Pattern SEQ = Pattern.compile("\"seq\":(\\d+),\"version\":\\d+,\"senderId\"");

    private final RedisServer redis = closed(RedisServer.start());
    private final List<FaultProxy> proxies = new ArrayList<>();
    private final List<ChatServer> servers = new ArrayList<>();
    private final List<Client> clients = new ArrayList<>();

    /** A client in the room {@code r}, which records the sequence numbers that it receives. */
    private static final class Client implements AutoCloseable {
        private final List<Long> seqs = new CopyOnWriteArrayList<>();
        private final List<String> others = new CopyOnWriteArrayList<>();
        private final RawWebSocket socket;

        Client(int port) {
            socket = RawWebSocket.connected(port);
            assertThat(socket.ask(1, "[\"joinRoom\",{\"conversationId\":\"r\"}]"))
                    .contains("\"success\":true");
            Thread reader = new Thread(this::read);
            reader.setDaemon(true);
            reader.start();
        }

        private void read() {
            try {
                while (true) {
                    receive(socket.nextText());
                }
            } catch (RuntimeException | AssertionError closed) {
                others.add("closed");
            }
        }

        private void receive(String packet) {
            if (packet.equals("2")) {
                socket.text("3");
            } else if (packet.contains("syncRequired")) {
                others.add(packet);
            }
            SEQ.matcher(packet).results().forEach(found -> seqs.add(Long.parseLong(found.group(1))));
        }

        @Override
        public void close() {
            socket.close();
        }
    }

    private void startAll() {
        ChatStore store = ChatStore.inMemory();
        for (int i = 0; i < SERVERS; i++) {
            FaultProxy proxy = closed(new FaultProxy(redis.port()));
            proxies.add(proxy);
            ChatServer server = closed(ChatServer.builder()
                    .port(0)
                    .store(store)
                    .cluster(RedisBus.connect("redis://127.0.0.1:" + proxy.port()))
                    .build()
                    .start());
            servers.add(server);
        }
        servers.forEach(server -> clients.add(closed(new Client(server.port()))));
    }

    /** Sends from all servers at the same time, to one room. */
    private List<Future<?>> sendFromAll(Workers workers) {
        return servers.stream()
                .<Future<?>>map(server ->
                        workers.submit(() -> IntStream.range(0, MESSAGES).forEach(i -> send(server, i))))
                .toList();
    }

    private static void send(ChatServer server, int number) {
        server.chat().send("r", NewMessage.text("ann", "message " + number)).join();
        LockSupport.parkNanos(PAUSE_NANOS);
    }

    private void assertAllReceivedOnceInOrder() {
        List<Long> all =
                LongStream.rangeClosed(1, (long) SERVERS * MESSAGES).boxed().toList();
        eventually(() -> assertThat(clients)
                .allSatisfy(client -> assertThat(client.seqs).hasSizeGreaterThanOrEqualTo(all.size())));
        assertThat(clients).allSatisfy(client -> {
            assertThat(client.seqs).isEqualTo(all);
            assertThat(client.others).isEmpty();
        });
    }

    @Test
    void each_client_receives_the_messages_of_all_servers_once_in_order() {
        startAll();
        try (Workers workers = new Workers(SERVERS)) {
            sendFromAll(workers).forEach(Workers::result);
        }
        assertAllReceivedOnceInOrder();
    }

    private enum Fault {
        REDIS_KILLED_AND_RESTARTED_EMPTY {
            @Override
            void begin(RedisServer redis, List<FaultProxy> proxies) {
                redis.kill();
            }

            @Override
            void end(RedisServer redis, List<FaultProxy> proxies) {
                redis.restart();
            }
        },
        REDIS_PAUSED {
            @Override
            void begin(RedisServer redis, List<FaultProxy> proxies) {
                redis.pause();
            }

            @Override
            void end(RedisServer redis, List<FaultProxy> proxies) {
                redis.resume();
            }
        },
        ONE_SERVER_CUT {
            @Override
            void begin(RedisServer redis, List<FaultProxy> proxies) {
                proxies.get(0).down();
            }

            @Override
            void end(RedisServer redis, List<FaultProxy> proxies) {
                proxies.get(0).up();
            }
        },
        ONE_SERVER_STALLED {
            @Override
            void begin(RedisServer redis, List<FaultProxy> proxies) {
                proxies.get(0).stall();
            }

            @Override
            void end(RedisServer redis, List<FaultProxy> proxies) {
                proxies.get(0).flow();
            }
        },
        ONE_SERVER_RECEIVES_NOTHING {
            @Override
            void begin(RedisServer redis, List<FaultProxy> proxies) {
                proxies.get(0).stallAnswers();
            }

            @Override
            void end(RedisServer redis, List<FaultProxy> proxies) {
                proxies.get(0).flow();
            }
        };

        abstract void begin(RedisServer redis, List<FaultProxy> proxies);

        abstract void end(RedisServer redis, List<FaultProxy> proxies);
    }

    @ParameterizedTest
    @EnumSource
    void fault_loses_repeats_and_reorders_nothing(Fault fault) {
        startAll();
        try (Workers workers = new Workers(SERVERS)) {
            List<Future<?>> senders = sendFromAll(workers);
            awaitReceived(100);
            fault.begin(redis, proxies);
            senders.forEach(Workers::result);
        }
        fault.end(redis, proxies);
        assertAllReceivedOnceInOrder();
    }

    @Test
    void messages_reach_all_servers_through_the_store_while_redis_is_away() {
        startAll();
        redis.kill();
        try (Workers workers = new Workers(SERVERS)) {
            sendFromAll(workers).forEach(Workers::result);
        }
        assertAllReceivedOnceInOrder();
    }

    private void awaitReceived(int messages) {
        eventually(() ->
                assertThat(clients).allSatisfy(client -> assertThat(client.seqs).hasSizeGreaterThan(messages)));
    }
}
