package io.roomcast.chat.internal.push;

import io.roomcast.chat.command.RegisterDevice;
import io.roomcast.chat.event.MessageSent;
import io.roomcast.chat.fixture.FailingStore;
import io.roomcast.chat.internal.execution.SafeScheduler;
import io.roomcast.chat.internal.port.PushSettings;
import io.roomcast.chat.model.Change;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.Member;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.MessageBody;
import io.roomcast.chat.model.MessageDraft;
import io.roomcast.chat.model.NewConversation;
import io.roomcast.chat.model.PendingPush;
import io.roomcast.chat.model.PushDevice;
import io.roomcast.chat.model.PushMessage;
import io.roomcast.chat.model.QuietHours;
import io.roomcast.chat.spi.AppendResult;
import io.roomcast.chat.spi.ChatMetrics;
import io.roomcast.chat.spi.ChatStore;
import io.roomcast.chat.spi.PushContent;
import io.roomcast.chat.spi.PushNotifier;
import io.roomcast.chat.spi.PushResult;
import io.roomcast.chat.time.VirtualTime;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Servers that send notifications from one store, in virtual time and on one thread, so that each run is the same. */
final class PushFixture {
    static final Duration OFFLINE = Duration.ofSeconds(1);
    static final Duration CONNECTED = Duration.ofSeconds(30);
    static final String GROUP = "g";

    final VirtualTime time = new VirtualTime();
    final FailingStore store = new FailingStore(ChatStore.inMemory(time.clock()));
    final Notifier web = new Notifier("web", false);
    final Notifier apns = new Notifier("apns", true);
    final Set<String> connected = new HashSet<>();
    final Set<String> viewing = new HashSet<>();
    final Set<String> forbidden = new HashSet<>();
    final Set<String> undecided = new HashSet<>();
    final Set<String> muted = new HashSet<>();
    final Map<String, Long> read = new HashMap<>();
    PushContent content = PushContent.none();

    /** A notifier that records what it sends, and answers what the test has set. */
    final class Notifier implements PushNotifier {
        final List<PushMessage> sent = new ArrayList<>();
        final List<String> log = new ArrayList<>();
        final Deque<PushResult> answers = new ArrayDeque<>();
        Runnable whileSending = () -> {};
        /** What happens while the next notification is being sent. */
        final Deque<Runnable> meanwhile = new ArrayDeque<>();

        private final String platform;
        private final boolean isSilent;

        Notifier(String platform, boolean isSilent) {
            this.platform = platform;
            this.isSilent = isSilent;
        }

        @Override
        public boolean silent() {
            return isSilent;
        }

        @Override
        public String platform() {
            return platform;
        }

        /** The service is what stands before the colon of a token. */
        @Override
        public String service(PushDevice device) {
            return device.token().split(":")[0];
        }

        @Override
        public PushResult send(PushDevice device, PushMessage message) {
            PushResult answer = answers.isEmpty() ? PushResult.delivered() : answers.poll();
            whileSending.run();
            sent.add(message);
            log.add(device.token() + " " + message.id());
            if (!meanwhile.isEmpty()) {
                meanwhile.poll().run();
            }
            if (answer.reason().equals("throw")) {
                throw new IllegalStateException("broken");
            }
            return answer;
        }
    }

    /** One server. */
    final class Node {
        final DirectExecutor threads = new DirectExecutor();
        final Devices devices;
        final Push push;

        Node() {
            this(List.of(web), null);
        }

        /** Creates a server whose calls of notifiers run on the given threads. */
        Node(ExecutorService calls) {
            this(List.of(web), calls);
        }

        Node(Notifier... notifiers) {
            this(List.of(notifiers), null);
        }

        Node(ExecutorService calls, Notifier... notifiers) {
            this(List.of(notifiers), calls);
        }

        private Node(List<Notifier> notifiers, @Nullable ExecutorService calls) {
            PushSettings settings = new PushSettings(List.copyOf(notifiers), content, OFFLINE, CONNECTED);
            devices = new Devices(store::devices, settings, userId -> {}, time.clock());
            push = new Push(
                    store,
                    settings,
                    devices,
                    recipients(),
                    new SafeScheduler(time.scheduler()),
                    ChatMetrics.none(),
                    time.clock(),
                    calls == null ? threads : calls,
                    threads);
            push.start();
        }

        /** Passes a stored message to the follower. */
        void follow(Message message) {
            try {
                push.follower().onEvents(message.conversationId(), List.of(new MessageSent(message)));
            } catch (Exception failure) {
                throw new IllegalStateException(failure);
            }
        }

        /** Loses all work from now on, as a process that is killed. */
        void kill() {
            threads.kill();
        }
    }

    private Recipients recipients() {
        return new Recipients(
                id -> store.members(id).stream().collect(Collectors.toMap(Member::userId, member -> 0L)),
                (userId, id) -> read.getOrDefault(userId, 0L),
                (userIds, message) -> message.isDeleted()
                        ? Set.of()
                        : userIds.stream()
                                .filter(userId -> !muted.contains(userId) && !userId.equals(message.senderId()))
                                .collect(Collectors.toSet()),
                (userIds, id) -> {
                    Set<String> called = new HashSet<>(userIds);
                    called.removeAll(muted);
                    return called;
                },
                userIds -> among(userIds, connected),
                (id, userIds) -> among(userIds, viewing),
                (userId, id) -> {
                    if (undecided.contains(userId)) {
                        throw ChatException.of(ErrorCode.INTERNAL_ERROR);
                    }
                    return !forbidden.contains(userId);
                },
                userId -> Map.of(GROUP, 2L, "other", 3L),
                (viewer, userId) -> userId.equals("ann") ? "Ann" : null);
    }

    private static Set<String> among(Iterable<String> userIds, Set<String> wanted) {
        Set<String> found = new HashSet<>();
        userIds.forEach(userId -> {
            if (wanted.contains(userId)) {
                found.add(userId);
            }
        });
        return found;
    }

    /** Creates a group of ann and others. */
    void group(String... others) {
        List<String> members = new ArrayList<>(List.of("ann"));
        members.addAll(List.of(others));
        store.create(NewConversation.group(GROUP, "Team", members));
    }

    void register(Node node, String userId, String token) {
        register(node, userId, token, null);
    }

    void register(Node node, String userId, String token, @Nullable QuietHours quiet) {
        node.devices.register(new RegisterDevice("web", token, Map.of(), quiet, null), userId);
    }

    void registerPhone(Node node, String userId) {
        node.devices.register(new RegisterDevice("apns", "phone:" + userId, Map.of(), null, null), userId);
    }

    /** The user reads on a server. */
    void read(Node node, String userId, long seq) {
        read.put(userId, seq);
        node.push.read(userId, GROUP, seq);
    }

    /** Stores a message of ann, and does nothing else. */
    Message store(String text) {
        MessageDraft draft = new MessageDraft(
                UUID.randomUUID().toString(),
                GROUP,
                "ann",
                UUID.randomUUID().toString(),
                MessageBody.text(text),
                time.clock().instant());
        return ((AppendResult.Stored) store.append(List.of(draft)).get(0)).message();
    }

    /** Stores a message of ann that the server follows. */
    Message send(Node node, String text) {
        Message message = store(text);
        node.follow(message);
        return message;
    }

    void delete(Message message) {
        store.change(new Change.Delete(
                message.conversationId(), message.id(), "ann", time.clock().instant()));
    }

    void advance(Duration duration) {
        time.advance(duration);
    }

    /** Returns what is stored to be sent. */
    List<PendingPush> stored() {
        return store.devices()
                .duePushes(time.clock().instant().plus(Duration.ofDays(9)), List.of("web", "apns"), 100_000);
    }
}
