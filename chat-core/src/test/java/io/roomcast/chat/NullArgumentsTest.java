package io.roomcast.chat;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.command.Command;
import io.roomcast.chat.command.LeaveRoom;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.Limits;
import io.roomcast.chat.model.LimitsBuilder;
import io.roomcast.chat.model.NewConversation;
import io.roomcast.chat.model.PendingPush;
import io.roomcast.chat.model.Permission;
import io.roomcast.chat.model.Permissions;
import io.roomcast.chat.model.Position;
import io.roomcast.chat.model.Preference;
import io.roomcast.chat.model.PreferencesUpdate;
import io.roomcast.chat.model.Principal;
import io.roomcast.chat.model.PushDevice;
import io.roomcast.chat.model.PushMessage;
import io.roomcast.chat.model.QuietHours;
import io.roomcast.chat.model.Session;
import io.roomcast.chat.model.StoredFile;
import io.roomcast.chat.model.UploadState;
import io.roomcast.chat.spi.AccessPolicy;
import io.roomcast.chat.spi.AttachmentStore;
import io.roomcast.chat.spi.Authenticator;
import io.roomcast.chat.spi.Broadcaster;
import io.roomcast.chat.spi.CallOptions;
import io.roomcast.chat.spi.CallPolicy;
import io.roomcast.chat.spi.ChatFollower;
import io.roomcast.chat.spi.ChatListener;
import io.roomcast.chat.spi.ChatMetrics;
import io.roomcast.chat.spi.ChatStore;
import io.roomcast.chat.spi.ClusterBus;
import io.roomcast.chat.spi.DirectStorage;
import io.roomcast.chat.spi.FileInspector;
import io.roomcast.chat.spi.IceServers;
import io.roomcast.chat.spi.MessageInterceptor;
import io.roomcast.chat.spi.PresencePolicy;
import io.roomcast.chat.spi.PushContent;
import io.roomcast.chat.spi.PushNotifier;
import io.roomcast.chat.spi.PushResult;
import io.roomcast.chat.spi.RateLimiter;
import io.roomcast.chat.spi.ReleaseListener;
import io.roomcast.chat.spi.SfuConnector;
import io.roomcast.chat.spi.UserDirectory;
import io.roomcast.chat.testkit.NullArguments;
import io.roomcast.chat.testkit.PublicApi;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** A null where none may be is refused at the call, by the parameter's name. */
class NullArgumentsTest {
    private static final ScheduledExecutorService SCHEDULER = Executors.newSingleThreadScheduledExecutor();
    private static final ChatEngine ENGINE = ChatEngine.builder().build();

    private static final Map<Class<?>, Supplier<?>> SAMPLES = Map.ofEntries(
            entry(String.class, () -> "a"),
            entry(int.class, () -> 1),
            entry(Boolean.class, () -> true),
            entry(Integer.class, () -> 1),
            entry(long.class, () -> 1L),
            entry(Long.class, () -> 1L),
            entry(boolean.class, () -> true),
            entry(Object.class, () -> "a"),
            entry(Throwable.class, IllegalStateException::new),
            entry(Clock.class, Clock::systemUTC),
            entry(Duration.class, () -> Duration.ofSeconds(1)),
            entry(byte[].class, () -> new byte[1]),
            entry(PreferencesUpdate.class, () -> PreferencesUpdate.clearing("a", "a", Preference.ARCHIVED)),
            entry(Preference[].class, () -> new Preference[] {Preference.ARCHIVED}),
            entry(Instant.class, () -> Instant.EPOCH),
            entry(LocalTime.class, () -> LocalTime.NOON),
            entry(ZoneId.class, () -> ZoneOffset.UTC),
            entry(PushMessage.Type.class, () -> PushMessage.Type.MESSAGE),
            entry(PushMessage.Urgency.class, () -> PushMessage.Urgency.NORMAL),
            entry(PushResult.Outcome.class, () -> PushResult.Outcome.DELIVERED),
            entry(PushDevice.class, () -> new PushDevice("a", "a", "a", "a", Map.of(), null, null, Instant.EPOCH, 0)),
            entry(Collection.class, List::of),
            entry(List.class, List::of),
            entry(Set.class, Set::of),
            entry(Map.class, Map::of),
            entry(Executor.class, () -> SCHEDULER),
            entry(ScheduledExecutorService.class, () -> SCHEDULER),
            entry(ChatEngine.class, () -> ENGINE),
            entry(ChatService.class, ENGINE::service),
            entry(Attention.class, () -> ENGINE.service().attention()),
            entry(ChatEngineBuilder.class, ChatEngine::builder),
            entry(Command.class, () -> new LeaveRoom("a")),
            entry(Command.Reply.class, IgnoredReply::new),
            entry(Limits.class, Limits::defaults),
            entry(Permissions.class, Permissions::defaults),
            entry(Permission[].class, () -> new Permission[] {Permission.SEND}),
            entry(LimitsBuilder.class, Limits::builder),
            entry(NewConversation.class, () -> NewConversation.open("a")),
            entry(Session.class, () -> Session.detached(Principal.of("a"))),
            entry(Principal.class, () -> Principal.of("a")),
            entry(ChatException.class, () -> ChatException.of(ErrorCode.FORBIDDEN)),
            entry(EventHandler.class, () -> (EventHandler) request -> null),
            entry(EventHandler.Typed.class, () -> (EventHandler.Typed<Object>) (payload, request) -> null),
            entry(EventHandler.PayloadReader.class, () -> (EventHandler.PayloadReader<Object>) (json, type) -> json),
            entry(Class.class, () -> Object.class),
            entry(AttachmentStore.class, AttachmentStore::inMemory),
            entry(DirectStorage.class, InMemoryStorage::new),
            entry(FileInspector.class, FileInspector::none),
            entry(Path.class, () -> Path.of("target", "files")),
            entry(ByteBuffer.class, () -> ByteBuffer.allocate(1)),
            entry(StoredFile.class, () -> new StoredFile("a", "a", "a", "a", 1, "a/a", null, Instant.EPOCH, null)),
            entry(UploadState.class, () -> UploadState.open(Instant.EPOCH)),
            entry(StoredFile.Use.class, () -> new StoredFile.Use("a", "a", true)),
            entry(PendingPush.class, () -> new PendingPush("a", "a", "a", "a", 1, Instant.EPOCH, 0, Instant.EPOCH)),
            entry(QuietHours.class, () -> new QuietHours(LocalTime.MIN, LocalTime.NOON, ZoneOffset.UTC)),
            entry(PushContent.class, PushContent::none),
            entry(PushNotifier[].class, () -> new PushNotifier[0]),
            entry(Function.class, Function::identity),
            entry(AccessPolicy.class, AccessPolicy::openRooms),
            entry(PresencePolicy.class, PresencePolicy::everyone),
            entry(UserDirectory.class, () -> UserDirectory.of(List.of())),
            entry(Authenticator.class, () -> (Authenticator) Principal::of),
            entry(Broadcaster.class, Broadcaster::none),
            entry(ChatListener.class, ChatListener::none),
            entry(ChatFollower.class, () -> (ChatFollower) (conversationId, events) -> {}),
            entry(Position.class, () -> Position.START),
            entry(CallOptions.class, () -> CallOptions.of(IceServers.none())),
            entry(CallPolicy.class, CallPolicy::everyone),
            entry(ChatMetrics.class, ChatMetrics::none),
            entry(ClusterBus.class, ClusterBus::local),
            entry(ChatStore.class, ChatStore::inMemory),
            entry(IceServers.class, IceServers::none),
            entry(MessageInterceptor.class, MessageInterceptor::none),
            entry(RateLimiter.class, RateLimiter::none),
            entry(SfuConnector.class, () -> (SfuConnector) (call, participant, now) -> null),
            entry(ReleaseListener.class, () -> (ReleaseListener) (key, ownerId, done) -> {}));

    private static final class IgnoredReply implements Command.Reply<Object> {
        @Override
        public void succeeded(Object result) {}

        @Override
        public void failed(ChatException refusal) {}
    }

    @AfterAll
    static void close() {
        ENGINE.close();
        SCHEDULER.shutdownNow();
    }

    @Test
    void null_is_refused_by_the_name_of_the_parameter() {
        NullArguments all = new NullArguments(PublicApi.of(Path.of("target/classes")), SAMPLES);
        assertThat(all.calls().flatMap(call -> all.complaint(call).map(why -> call + ": " + why).stream()))
                .isEmpty();
    }
}
