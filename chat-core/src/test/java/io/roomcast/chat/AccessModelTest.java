package io.roomcast.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.AccessModel.Place;
import io.roomcast.chat.command.AddMembers;
import io.roomcast.chat.command.CancelUpload;
import io.roomcast.chat.command.ChangeRole;
import io.roomcast.chat.command.Command;
import io.roomcast.chat.command.CreateConversation;
import io.roomcast.chat.command.DeleteConversation;
import io.roomcast.chat.command.GetConversation;
import io.roomcast.chat.command.GetMessages;
import io.roomcast.chat.command.GetPins;
import io.roomcast.chat.command.JoinRoom;
import io.roomcast.chat.command.LeaveRoom;
import io.roomcast.chat.command.MarkRead;
import io.roomcast.chat.command.PinMessage;
import io.roomcast.chat.command.RemoveMember;
import io.roomcast.chat.command.SendEvent;
import io.roomcast.chat.command.SendMessage;
import io.roomcast.chat.command.SetPreferences;
import io.roomcast.chat.command.SetPrivacy;
import io.roomcast.chat.command.StartTyping;
import io.roomcast.chat.command.StartUpload;
import io.roomcast.chat.command.UnpinMessage;
import io.roomcast.chat.event.AnnotationChanged;
import io.roomcast.chat.event.ChatEvent;
import io.roomcast.chat.event.CustomEventSent;
import io.roomcast.chat.event.PreferencesChanged;
import io.roomcast.chat.event.UploadFinished;
import io.roomcast.chat.event.UploadProgress;
import io.roomcast.chat.fixture.Answer;
import io.roomcast.chat.fixture.ChatFixture;
import io.roomcast.chat.fixture.Recorder.Delivery;
import io.roomcast.chat.fixture.TestSession;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ConversationKind;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.Limits;
import io.roomcast.chat.model.Member;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.MessageType;
import io.roomcast.chat.model.NotifyLevel;
import io.roomcast.chat.model.Preference;
import io.roomcast.chat.model.Preferences;
import io.roomcast.chat.model.Privacy;
import io.roomcast.chat.model.Role;
import io.roomcast.chat.model.Session;
import io.roomcast.chat.model.StoredFile;
import io.roomcast.chat.model.UserProfile;
import io.roomcast.chat.spi.AccessPolicy;
import io.roomcast.chat.spi.AttachmentStore;
import io.roomcast.chat.spi.UserDirectory;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Four users run random commands in three groups. A model of two sets knows which events each may receive.
 *
 * <p>A failure names its seed, with which it happens again.
 */
class AccessModelTest {
    private static final List<String> USERS = List.of("ann", "bob", "cid", "dora");
    private static final List<String> ROOMS = List.of("one", "two", "three");
    private static final int SEEDS = 500;
    private static final int STEPS = 60;

    static Stream<Arguments> seeds() {
        return IntStream.range(0, SEEDS / 50).mapToObj(batch -> Arguments.of(batch * 50));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void no_session_receives_what_the_policy_forbids(int first) {
        for (int seed = first; seed < first + 50; seed++) {
            try (Run run = new Run(seed)) {
                run.play();
            }
        }
    }

    private static final class Run implements AutoCloseable {
        private final int seed;
        private final Random random;
        private final AttachmentStore files = AttachmentStore.inMemory();
        private final ChatFixture fixture = ChatFixture.with(builder -> AccessModelReads.withOwnEvent(builder)
                .accessPolicy(AccessPolicy.membersOnly())
                .attachments(files)
                .limits(Limits.builder().largeRoom(5).build())
                .users(UserDirectory.of(List.of(UserProfile.named("ann", "Ann")))));
        private final Map<String, List<TestSession>> sessions = new HashMap<>();
        private final AccessModel model = new AccessModel(ROOMS);
        private final AccessModelReads reads = new AccessModelReads(fixture, model);
        private final Map<String, String> newestIn = new HashMap<>();
        private final Map<String, Map<String, Instant>> ends = new HashMap<>();
        private String last = "";

        private Run(int seed) {
            this.seed = seed;
            this.random = new Random(seed);
            USERS.forEach(user -> sessions.put(user, List.of(fixture.user(user), fixture.user(user))));
        }

        private void play() {
            for (int step = 0; step < STEPS; step++) {
                fixture.told().clear();
                Set<Place> before = model.members();
                step(pick(model.rooms()), pick(USERS), pick(USERS));
                fixture.told().deliveries().forEach(delivery -> check(delivery, before));
            }
        }

        private void step(String room, String user, String other) {
            switch (random.nextInt(26)) {
                case 0 -> create(room, user, other);
                case 1, 2 -> join(room, user);
                case 3 -> leave(room, user);
                case 4, 5 -> send(room, user);
                case 6 -> add(room, user, other);
                case 7 -> remove(room, user, other);
                case 8 -> permitted(room, user, new MarkRead(room, random.nextInt(9)));
                case 9 -> type(room, user);
                case 10 -> handOver(room, user, other);
                case 11 -> delete(room, user);
                case 12 -> event(room, user, other);
                case 13 -> hostEvent(room, user, other);
                case 14 -> prefer(room, user);
                case 15 -> pass();
                case 16 -> rename(user);
                case 17 -> pin(room, user);
                case 18 -> hide(user);
                case 19 -> annotate(room);
                case 20 -> expire(room, user);
                case 21 -> upload(room, user);
                case 22 -> mention(room, user, other);
                case 23 -> look(room, user);
                default -> host(room, other);
            }
        }

        private void create(String room, String user, String other) {
            boolean isNew = !model.exists(room);
            assertOutcome(
                    session(user),
                    new CreateConversation(room, ConversationKind.GROUP, null, List.of(other), null),
                    isNew || model.isMember(room, user) ? null : ErrorCode.CONFLICT);
            if (isNew) {
                model.create(room, user, other);
            }
        }

        private void join(String room, String user) {
            TestSession session = session(user);
            boolean isMember = model.isMember(room, user);
            assertOutcome(session, JoinRoom.of(room), isMember ? null : ErrorCode.FORBIDDEN);
            if (isMember) {
                model.join(room, session);
            }
        }

        private void leave(String room, String user) {
            TestSession session = session(user);
            assertOutcome(session, new LeaveRoom(room), null);
            model.leave(room, session);
        }

        /** Every subscribed session receives the event once, and no other session does. */
        private void send(String room, String user) {
            boolean sends = permitted(room, user, ChatFixture.text(room, "hello"));
            sessions.values().stream().flatMap(List::stream).forEach(session -> {
                boolean receives = sends && model.isInRoom(room, session);
                assertThat(fixture.told().messagesTo(session)).as(context()).hasSize(receives ? 1 : 0);
                fixture.told().messagesTo(session).forEach(message -> newestIn.put(room, message.id()));
            });
            if (permitted(room, user, GetMessages.latest(room))) {
                checkExpiry(room, user);
            }
            read(room, user);
        }

        /** A member sees all members, and no one else sees any. */
        private void read(String room, String user) {
            if (permitted(room, user, new GetConversation(room))) {
                assertThat(fixture.run(session(user), new GetConversation(room))
                                .result()
                                .conversation()
                                .members())
                        .as(context())
                        .extracting(Member::userId)
                        .containsExactlyInAnyOrderElementsOf(model.membersOf(room));
            }
        }

        private void mention(String room, String user, String other) {
            TestSession session = session(user);
            last = session + " mentions " + other + " in " + room;
            reads.mention(session, room, other, random.nextBoolean());
            fixture.time().advance(Duration.ofSeconds(random.nextInt(3)));
        }

        /** Requests all that a user could learn of a room, and all that is the user's own. No user receives an event. */
        private void look(String room, String user) {
            TestSession session = session(user);
            last = session + " reads " + room;
            reads.room(session, room, Stream.ofNullable(newestIn.get(room)).toList());
            reads.ofUser(session);
            assertThat(fixture.told().deliveries()).as(context()).isEmpty();
        }

        /** Of a group only the owner pins messages, and every member sees them. */
        private void pin(String room, String user) {
            permitted(room, user, new GetPins(room));
            String newest = newestIn.get(room);
            if (newest != null) {
                ErrorCode expected = model.mayManage(room, user) ? null : ErrorCode.FORBIDDEN;
                assertOutcome(
                        session(user),
                        random.nextBoolean() ? new PinMessage(room, newest) : new UnpinMessage(room, newest),
                        expected);
            }
        }

        /** The host's annotation reaches every session in the room once. */
        private void annotate(String room) {
            String newest = newestIn.get(room);
            if (newest != null) {
                last = "the host annotates " + newest + " in " + room;
                fixture.chat()
                        .annotate(room, newest, "label", "{\"n\":" + random.nextInt() + "}")
                        .join();
                assertReceived(AnnotationChanged.class, session -> model.isInRoom(room, session));
            }
        }

        /** A message that expires is sent as any other. */
        private void expire(String room, String user) {
            String content = "expires " + random.nextInt();
            Duration time = Duration.ofSeconds(5 + random.nextInt(20));
            SendMessage message = new SendMessage(
                    room, null, MessageType.TEXT, content, List.of(), null, null, List.of(), null, time, null, null);
            if (permitted(room, user, message)) {
                ends.computeIfAbsent(room, one -> new HashMap<>()).put(content, now().plus(time));
            }
        }

        /** Answers have a message until it expires. */
        private void checkExpiry(String room, String user) {
            List<String> contents = fixture.latest(session(user), room).result().messages().stream()
                    .map(Message::content)
                    .toList();
            ends.getOrDefault(room, Map.of())
                    .forEach((content, end) -> assertThat(contents.contains(content))
                            .as("%s: %s", context(), content)
                            .isEqualTo(now().isBefore(end)));
        }

        private Instant now() {
            return fixture.time().clock().instant();
        }

        private void type(String room, String user) {
            permitted(room, user, StartTyping.of(room));
            fixture.time().advance(Duration.ofSeconds(random.nextInt(8)));
        }

        /** The other sessions in the room receive the event, or of these the sessions of one user. */
        private void event(String room, String user, String other) {
            TestSession sender = session(user);
            boolean isForOne = random.nextBoolean();
            boolean isMember = model.isMember(room, user);
            List<String> to = isForOne ? List.of(other) : List.of();
            assertOutcome(
                    sender, new SendEvent(room, null, "cursor", "[1]", to), isMember ? null : ErrorCode.FORBIDDEN);
            assertReceived(
                    CustomEventSent.class,
                    session -> isMember
                            && session != sender
                            && model.isInRoom(room, session)
                            && (!isForOne || other.equals(session.principal().userId())));
        }

        /** The host sends an event to a room, or to users wherever they are. */
        private void hostEvent(String room, String user, String other) {
            last = "the host sends an event to " + room + ", " + user + " and " + other;
            if (random.nextBoolean()) {
                fixture.chat().sendEvent(room, "news", null).join();
                assertReceived(CustomEventSent.class, session -> model.isInRoom(room, session));
            } else {
                fixture.chat()
                        .sendEventToUsers(List.of(user, other), "news", "{}")
                        .join();
                assertReceived(
                        CustomEventSent.class,
                        session -> List.of(user, other)
                                .contains(session.principal().userId()));
            }
        }

        private void assertReceived(Class<? extends ChatEvent> type, Predicate<TestSession> isRecipient) {
            sessions.values().stream()
                    .flatMap(List::stream)
                    .forEach(session -> assertThat(
                                    fixture.told().toldTo(session).stream().filter(type::isInstance))
                            .as(context())
                            .hasSize(isRecipient.test(session) ? 1 : 0));
        }

        /** The user's other sessions receive the preferences, whether they are in the room or not. */
        private void prefer(String room, String user) {
            boolean unread = random.nextBoolean();
            Preferences values = new Preferences(NotifyLevel.NONE, null, true, false, unread ? 1L : null, null, 0);
            permitted(room, user, SetPreferences.of(room, values, Preference.ARCHIVED, Preference.UNREAD_FROM));
        }

        /** Hides what others receive about the user, or shows it again. */
        private void hide(String user) {
            Privacy now = new Privacy(random.nextBoolean(), random.nextBoolean(), true);
            assertOutcome(session(user), new SetPrivacy(now.readReceipts(), now.typing(), null), null);
            model.hide(user, now);
        }

        /**
         * The room receives the progress of a file that the chat sends, and its end. The uploader's sessions receive the end
         * wherever they are.
         */
        private void upload(String room, String user) {
            boolean isSentByChat = random.nextBoolean();
            StartUpload start = new StartUpload(
                    room, "a.txt", 4, null, null, isSentByChat ? SendMessage.text(room, "a file") : null);
            if (!permitted(room, user, start)) {
                return;
            }
            StoredFile file = fixture.run(session(user), start).result().file();
            files.append(file.id(), 0, ByteBuffer.allocate(2));
            fixture.time().advance(Duration.ofSeconds(1));
            fixture.engine().uploadProgress(file, 2);
            if (random.nextBoolean()) {
                files.append(file.id(), 2, ByteBuffer.allocate(2));
                Answer.of(fixture.engine().completeUpload(file.id())).result();
            } else {
                fixture.run(session(user), new CancelUpload(file.id())).result();
            }
            fixture.settle();
            assertUploadEvents(room, user, isSentByChat);
        }

        private void assertUploadEvents(String room, String user, boolean isSentByChat) {
            sessions.forEach((owner, all) -> all.forEach(session -> {
                boolean isInRoom = model.isInRoom(room, session);
                boolean isOwn = owner.equals(user);
                assertReceived(session, UploadProgress.class, isSentByChat && isInRoom);
                assertReceived(session, UploadFinished.class, isOwn || (isSentByChat && isInRoom));
            }));
        }

        private void assertReceived(TestSession session, Class<?> type, boolean isExpected) {
            assertThat(fixture.told().toldTo(session).stream().filter(type::isInstance))
                    .as("%s: %s of %s", context(), type, session)
                    .hasSize(isExpected ? 1 : 0);
        }

        private boolean permitted(String room, String user, Command<?> command) {
            boolean isMember = model.isMember(room, user);
            assertOutcome(session(user), command, isMember ? null : ErrorCode.FORBIDDEN);
            return isMember;
        }

        private void add(String room, String user, String other) {
            AddMembers command = new AddMembers(room, List.of(other));
            assertOutcome(session(user), command, model.mayManage(room, user) ? null : ErrorCode.FORBIDDEN);
            if (model.mayManage(room, user)) {
                model.add(room, other);
            }
        }

        private void remove(String room, String user, String other) {
            boolean leaves = user.equals(other) && model.isMember(room, user);
            boolean removes = leaves || model.mayManage(room, user);
            assertOutcome(session(user), new RemoveMember(room, other), removes ? null : ErrorCode.FORBIDDEN);
            if (removes) {
                model.remove(room, other);
            }
        }

        /** The owner makes another member the owner, and steps down. */
        private void handOver(String room, String user, String other) {
            boolean isPossible = !other.equals(user) && model.isMember(room, other);
            if (model.mayManage(room, user) && isPossible) {
                assertOutcome(session(user), new ChangeRole(room, other, Role.OWNER), null);
                assertOutcome(session(user), new ChangeRole(room, user, Role.MEMBER), null);
                model.handOver(room, other);
            } else {
                Role role = other.equals(user) ? Role.MEMBER : Role.OWNER;
                assertOutcome(
                        session(user),
                        new ChangeRole(room, other, role),
                        model.mayManage(room, user) ? ErrorCode.CONFLICT : ErrorCode.FORBIDDEN);
            }
        }

        private void delete(String room, String user) {
            assertOutcome(
                    session(user),
                    new DeleteConversation(room),
                    model.mayManage(room, user) ? null : ErrorCode.FORBIDDEN);
            if (model.mayManage(room, user)) {
                model.delete(room);
                USERS.forEach(each -> {
                    assertOutcome(session(each), JoinRoom.of(room), ErrorCode.CONVERSATION_NOT_FOUND);
                    assertOutcome(session(each), ChatFixture.text(room, "late"), ErrorCode.CONVERSATION_NOT_FOUND);
                });
            }
        }

        private void host(String room, String user) {
            if (!model.exists(room)) {
                return;
            }
            last = "the host changes " + user + " in " + room;
            if (random.nextBoolean()) {
                fixture.chat().addMembers(room, Set.of(user));
                model.add(room, user);
            } else {
                fixture.chat().removeMember(room, user);
                model.remove(room, user);
            }
        }

        private void pass() {
            last = "time passes";
            fixture.time().advance(Duration.ofSeconds(3));
        }

        private void rename(String user) {
            last = "the host renames " + user;
            fixture.chat().userChanged(user).join();
        }

        private void assertOutcome(TestSession session, Command<?> command, ErrorCode expected) {
            last = session + ": " + command;
            assertThat(outcome(session, command)).as(context()).isEqualTo(expected);
        }

        private ErrorCode outcome(TestSession session, Command<?> command) {
            try {
                fixture.run(session, command).result();
                return null;
            } catch (CompletionException failure) {
                return ((ChatException) failure.getCause()).code();
            }
        }

        private void check(Delivery delivery, Set<Place> before) {
            for (Session recipient : delivery.recipients()) {
                assertThat(mayReceive(delivery.event(), recipient, before))
                        .as("%s: %s received %s", context(), recipient, delivery.event())
                        .isTrue();
            }
        }

        private boolean mayReceive(ChatEvent event, Session session, Set<Place> before) {
            if (event instanceof CustomEventSent custom && custom.conversationId() == null) {
                return true; // sent to users; hostEvent has checked to whom
            } else if (event instanceof PreferencesChanged) {
                return last.startsWith(session.principal().userId() + ": ");
            }
            return model.mayReceive(event, session, before);
        }

        private TestSession session(String user) {
            return pick(sessions.get(user));
        }

        private <T> T pick(List<T> all) {
            return all.get(random.nextInt(all.size()));
        }

        private String context() {
            return "seed " + seed + ", " + last;
        }

        @Override
        public void close() {
            fixture.close();
        }
    }
}
