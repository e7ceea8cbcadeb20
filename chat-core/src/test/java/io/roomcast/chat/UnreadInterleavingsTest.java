package io.roomcast.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.command.Command;
import io.roomcast.chat.command.DeleteMessage;
import io.roomcast.chat.command.GetConversations;
import io.roomcast.chat.command.GetUnread;
import io.roomcast.chat.command.MarkRead;
import io.roomcast.chat.command.SendMessage;
import io.roomcast.chat.command.SetPreferences;
import io.roomcast.chat.event.ChatEvent;
import io.roomcast.chat.event.PreferencesChanged;
import io.roomcast.chat.event.UnreadChanged;
import io.roomcast.chat.fixture.ChatFixture;
import io.roomcast.chat.fixture.TestSession;
import io.roomcast.chat.model.HistoryQuery;
import io.roomcast.chat.model.HistoryQuery.Anchor;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.MessageType;
import io.roomcast.chat.model.NewConversation;
import io.roomcast.chat.model.NotifyLevel;
import io.roomcast.chat.model.Preference;
import io.roomcast.chat.model.Preferences;
import io.roomcast.chat.model.Receipt;
import io.roomcast.chat.model.Role;
import io.roomcast.chat.spi.ChatStore;
import io.roomcast.chat.spi.RateLimiter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A user with two devices, and others who send, mention and delete. After random steps, what the server answers and what
 * each device knows is compared with a recount of the stored messages.
 *
 * <p>A failure names its seed, with which it happens again.
 */
class UnreadInterleavingsTest {
    private static final List<String> GROUPS = List.of("g", "h");
    private static final int STEPS = 40;

    @ParameterizedTest
    @ValueSource(ints = {0, 100, 200, 300, 400})
    void counts_equal_a_recount_on_both_devices(int first) {
        for (int seed = first; seed < first + 100; seed++) {
            try (Run run = new Run(seed)) {
                run.play();
            }
        }
    }

    private record Counts(long unread, long mentions) {}

    /** A device: what it has loaded, and what events have changed since. */
    private static final class Device {
        private final TestSession session;
        private final Map<String, Counts> counts = new HashMap<>();
        private final Map<String, Preferences> preferences = new HashMap<>();
        private int seen;

        private Device(TestSession session) {
            this.session = session;
        }

        private void load(ChatFixture chat) {
            seen = chat.told().toldTo(session).size();
            chat.run(session, GetConversations.first()).result().entries().forEach(entry -> {
                String id = entry.conversation().conversationId();
                counts.put(id, new Counts(entry.unread(), entry.unreadMentions()));
                preferences.put(id, entry.preferences());
            });
        }

        private void receive(ChatFixture chat) {
            List<ChatEvent> all = chat.told().toldTo(session);
            all.subList(seen, all.size()).forEach(event -> {
                if (event instanceof UnreadChanged unread) {
                    counts.put(unread.conversationId(), new Counts(unread.unread(), unread.unreadMentions()));
                } else if (event instanceof PreferencesChanged changed) {
                    take(changed.conversationId(), changed.preferences());
                }
            });
            seen = all.size();
        }

        private void take(String id, Preferences other) {
            preferences.merge(id, other, (one, two) -> two.version() >= one.version() ? two : one);
        }
    }

    private static final class Run implements AutoCloseable {
        private final Random random;
        private final String name;
        private final ChatStore store = ChatStore.inMemory();
        private final ChatFixture chat =
                ChatFixture.with(builder -> builder.store(store).rateLimiter(RateLimiter.none()));
        private final TestSession bob = chat.user("bob");
        private final List<Message> sent = new ArrayList<>();
        private final List<Device> devices = new ArrayList<>();

        private Run(int seed) {
            random = new Random(seed);
            name = "seed " + seed;
            GROUPS.forEach(id -> {
                chat.chat().create(NewConversation.group(id, "Group", List.of("ann", "bob")));
                chat.chat().changeRole(id, "bob", Role.ADMIN);
            });
            devices.add(connect());
            devices.add(connect());
        }

        private Device connect() {
            Device device = new Device(chat.user("ann"));
            device.load(chat);
            return device;
        }

        private void play() {
            for (int step = 0; step < STEPS; step++) {
                step(GROUPS.get(random.nextInt(2)), random.nextInt(2));
            }
            chat.time().advance(Duration.ofSeconds(5));
            GROUPS.forEach(this::check);
            checkTotals();
        }

        private void step(String id, int index) {
            Device device = devices.get(index);
            switch (random.nextInt(10)) {
                case 0, 1, 2 -> send(id);
                case 3 -> chat.run(device.session, new MarkRead(id, random.nextInt(12)));
                case 4 -> prefer(device, id, Preference.UNREAD_FROM);
                case 5 -> prefer(device, id, Preference.ARCHIVED, Preference.MUTED_UNTIL);
                case 6 -> delete();
                case 7 -> rejoin(id);
                case 8 -> {
                    chat.engine().close(device.session);
                    devices.set(index, connect());
                }
                default -> chat.time().advance(Duration.ofMillis(random.nextInt(1_500)));
            }
            devices.forEach(each -> each.receive(chat));
        }

        private void send(String id) {
            List<String> mentions = List.of(List.<String>of(), List.of("ann"), List.of("@all"), List.of("bob"))
                    .get(random.nextInt(4));
            SendMessage message = new SendMessage(
                    id, null, MessageType.TEXT, "hello", List.of(), null, null, mentions, null, null, null, null);
            sent.add(chat.run(bob, message).result().message());
        }

        private void prefer(Device device, String id, Preference... changed) {
            Long unreadFrom = random.nextInt(3) == 0 ? null : Long.valueOf(1 + random.nextInt(10));
            boolean isSet = random.nextBoolean();
            Preferences values = new Preferences(
                    NotifyLevel.ALL,
                    isSet ? chat.time().clock().instant().plusSeconds(random.nextInt(60)) : null,
                    isSet,
                    false,
                    unreadFrom,
                    null,
                    0);
            Command<SetPreferences.Changed> command = new SetPreferences(id, Set.of(changed), values, null);
            device.take(id, chat.run(device.session, command).result().preferences());
        }

        private void delete() {
            if (!sent.isEmpty()) {
                Message message = sent.remove(random.nextInt(sent.size()));
                chat.run(bob, new DeleteMessage(message.conversationId(), message.id()));
            }
        }

        /** The devices load the conversation again, as clients do when they receive the event of the membership. */
        private void rejoin(String id) {
            chat.chat().removeMember(id, "ann");
            chat.chat().addMembers(id, Set.of("ann"));
            devices.forEach(device -> {
                device.preferences.remove(id);
                device.load(chat);
            });
        }

        private Preferences stored(String id) {
            return store.preferences("ann", List.of(id)).getOrDefault(id, Preferences.NONE);
        }

        private Counts recount(String id) {
            List<Message> all = store.history(new HistoryQuery(id, Anchor.AFTER, 0, 1_000));
            long readSeq = store.receiptsOf("ann", List.of(id)).stream()
                    .filter(receipt -> receipt.kind() == Receipt.Kind.READ)
                    .mapToLong(Receipt::upToSeq)
                    .max()
                    .orElse(0);
            long notUnread = stored(id).notUnread(readSeq);
            List<Message> unread =
                    all.stream().filter(message -> message.seq() > notUnread).toList();
            return new Counts(
                    unread.size(),
                    unread.stream().filter(message -> message.mentions("ann")).count());
        }

        private void check(String id) {
            Counts expected = recount(id);
            for (Device device : devices) {
                device.receive(chat);
                assertThat(device.counts.get(id)).as(name + ", " + id).isEqualTo(expected);
                assertThat(device.preferences.getOrDefault(id, Preferences.NONE))
                        .as(name + ", " + id)
                        .isEqualTo(stored(id));
            }
            Device loaded = connect();
            assertThat(loaded.counts.get(id)).as(name + ", " + id).isEqualTo(expected);
        }

        private void checkTotals() {
            long[] totals = new long[3];
            for (String id : GROUPS) {
                Counts counts = recount(id);
                Preferences preferences = stored(id);
                if (!preferences.archived()
                        && !preferences.isMuted(chat.time().clock().instant())) {
                    totals[0] += Math.min(1, counts.unread());
                    totals[1] += counts.unread();
                    totals[2] += counts.mentions();
                }
            }
            assertThat(chat.run(devices.get(0).session, new GetUnread()).result())
                    .as(name)
                    .isEqualTo(new GetUnread.Totals(totals[0], totals[1], totals[2]));
        }

        @Override
        public void close() {
            chat.close();
        }
    }
}
