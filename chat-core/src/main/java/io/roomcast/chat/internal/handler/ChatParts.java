package io.roomcast.chat.internal.handler;

import io.roomcast.chat.command.SendMessage;
import io.roomcast.chat.command.StartUpload;
import io.roomcast.chat.event.UploadFinished;
import io.roomcast.chat.event.UploadProgress;
import io.roomcast.chat.internal.attention.UserAttention;
import io.roomcast.chat.internal.attention.UserSettingsCache;
import io.roomcast.chat.internal.call.CallHistory;
import io.roomcast.chat.internal.call.UserCalls;
import io.roomcast.chat.internal.execution.Execution;
import io.roomcast.chat.internal.join.Joins;
import io.roomcast.chat.internal.join.RoomCalls;
import io.roomcast.chat.internal.port.GuardedSettings;
import io.roomcast.chat.internal.port.HostSettings;
import io.roomcast.chat.internal.port.ListenerQueue;
import io.roomcast.chat.internal.port.MeteredBroadcaster;
import io.roomcast.chat.internal.port.OwnedExecutors;
import io.roomcast.chat.internal.port.Ports;
import io.roomcast.chat.internal.presence.HiddenPresence;
import io.roomcast.chat.internal.presence.PresenceTrackers;
import io.roomcast.chat.internal.presence.PresenceVisibility;
import io.roomcast.chat.internal.presence.Users;
import io.roomcast.chat.internal.push.CallNotifications;
import io.roomcast.chat.internal.push.Devices;
import io.roomcast.chat.internal.push.Push;
import io.roomcast.chat.internal.push.Recipients;
import io.roomcast.chat.internal.receipt.ConversationList;
import io.roomcast.chat.internal.receipt.Receipts;
import io.roomcast.chat.internal.room.Audience;
import io.roomcast.chat.internal.room.Publisher;
import io.roomcast.chat.internal.room.Rooms;
import io.roomcast.chat.internal.rule.ProfileRules;
import io.roomcast.chat.internal.rule.Rules;
import io.roomcast.chat.internal.session.Sessions;
import io.roomcast.chat.internal.upload.Inspection;
import io.roomcast.chat.internal.upload.UploadEvents;
import io.roomcast.chat.internal.upload.UserFiles;
import io.roomcast.chat.model.CallOutcome;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ChatStats;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.Session;
import io.roomcast.chat.model.StoredFile;
import io.roomcast.chat.model.UserSettings;
import io.roomcast.chat.spi.Broadcaster;
import io.roomcast.chat.spi.ChatFollower;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Assembles the parts that the handlers use, from the lowest package up.
 *
 * @param settings the ports and settings of the host, with exceptions contained
 * @param executors the threads of the chat
 * @param ports calls the host's code that may block
 * @param listeners calls the host's listener
 * @param broadcaster counts what is stored and sent
 * @param users the users of the host's directory
 * @param files the files of users; empty if the host keeps none
 * @param devices the devices of users
 * @param push sends push notifications; empty if there are no notifiers
 * @param calls the calls of users; empty if the host permits none
 */
public record ChatParts(
        HostSettings settings,
        OwnedExecutors executors,
        Ports ports,
        ListenerQueue listeners,
        Rules rules,
        Execution execution,
        MeteredBroadcaster broadcaster,
        Rooms rooms,
        UserAttention attention,
        Receipts receipts,
        PresenceTrackers presence,
        Sessions sessions,
        Joins joins,
        Users users,
        Optional<UserFiles> files,
        Devices devices,
        Optional<Push> push,
        Optional<UserCalls> calls) {
    /** The name of the follower that sends push notifications. */
    public static final String PUSH_FOLLOWER = Push.FOLLOWER;

    /** Creates the parts, and starts their timers and the threads that the host has not supplied. */
    public static ChatParts create(HostSettings host) {
        HostSettings settings = new GuardedSettings(host);
        OwnedExecutors executors = new OwnedExecutors(settings.executor(), settings.scheduler());
        Execution execution =
                Execution.create(settings.store(), executors.executor(), executors.scheduler(), settings.limits());
        Rules rules = Rules.of(settings.limits());
        Ports ports = new Ports(
                execution.scheduler(),
                settings.events().keySet(),
                settings.limits().commandTimeout());
        MeteredBroadcaster broadcaster = new MeteredBroadcaster(settings.broadcaster(), settings.metrics());
        ListenerQueue listeners = new ListenerQueue(settings.listener());
        Rooms rooms = rooms(settings, broadcaster, execution, listeners);
        UserAttention attention = UserAttention.create(settings.store(), rooms, execution, settings.clock());
        Receipts receipts = Receipts.create(settings.store(), rooms, attention, execution, settings.clock());
        PresenceTrackers presence = presence(settings, ports, rooms, execution, attention);
        Sessions sessions = Sessions.create(settings, rules.ids(), ports, execution, rooms, presence);
        Users users = users(settings, ports, execution, rooms);
        Devices devices = devices(settings, rooms, attention);
        Optional<UserCalls> calls = calls(settings, ports, execution, rooms, sessions, receipts, presence);
        Joins joins = Joins.create(
                settings,
                execution,
                rooms,
                receipts,
                sessions,
                calls.map(found -> new RoomCalls(found::read, found::current)).orElse(RoomCalls.NONE));
        calls.ifPresent(found -> joins.evictor().onEvict(found::removed));
        Optional<Push> push = push(
                settings,
                devices,
                recipients(settings, rooms, attention, receipts, presence, sessions, users),
                execution);
        push.ifPresent(found -> receipts.tracker()
                .onRead(receipt -> found.read(receipt.userId(), receipt.conversationId(), receipt.upToSeq())));
        calls.ifPresent(found -> push.ifPresent(sender -> found.onAlert(alerts(sender.calls()))));
        return new ChatParts(
                settings,
                executors,
                ports,
                listeners,
                rules,
                execution,
                broadcaster,
                rooms,
                attention,
                receipts,
                presence,
                sessions,
                joins,
                users,
                files(settings, ports, execution, rooms),
                devices,
                push,
                calls);
    }

    private static Devices devices(HostSettings settings, Rooms rooms, UserAttention attention) {
        Devices devices =
                new Devices(settings.store()::devices, settings.push(), rooms.others()::sendDevices, settings.clock());
        rooms.cluster().onSettings(userId -> {
            attention.settings().forget(userId);
            devices.forget(userId);
        });
        return devices;
    }

    private static Recipients recipients(
            HostSettings settings,
            Rooms rooms,
            UserAttention attention,
            Receipts receipts,
            PresenceTrackers presence,
            Sessions sessions,
            Users users) {
        ConversationList list = new ConversationList(settings.store(), receipts.tracker(), settings.clock());
        return new Recipients(
                rooms.memberCache()::readSeqs,
                (userId, conversationId) -> Math.max(
                        0,
                        receipts.tracker()
                                .readSeqs(userId, List.of(conversationId))
                                .getOrDefault(conversationId, 0L)),
                attention.notifications()::among,
                attention.notifications()::ofCalls,
                presence.attendance()::connected,
                presence.attendance()::viewing,
                sessions.authorizer()::mayRead,
                list::unread,
                users::nameOf);
    }

    private static Optional<Push> push(
            HostSettings settings, Devices devices, Recipients recipients, Execution execution) {
        return settings.push().notifiers().isEmpty()
                ? Optional.empty()
                : Optional.of(new Push(
                        settings.store(),
                        settings.push(),
                        devices,
                        recipients,
                        execution.scheduler(),
                        settings.metrics(),
                        settings.clock()));
    }

    private static Optional<UserFiles> files(HostSettings settings, Ports ports, Execution execution, Rooms rooms) {
        return Optional.ofNullable(settings.attachments()).map(store -> {
            Inspection inspection = new Inspection(settings.fileInspector(), store, ports.inspector()::call);
            UserFiles.Chat chat = new UserFiles.Chat(
                    settings.store(),
                    uploadEvents(rooms.publisher()),
                    settings.metrics(),
                    settings.limits(),
                    (delay, task) -> execution.scheduler().schedule(delay, task),
                    inspection::inspect,
                    settings.clock());
            return UserFiles.create(store, ports.attachments()::call, chat);
        });
    }

    private static UploadEvents uploadEvents(Publisher publisher) {
        return new UploadEvents() {
            @Override
            public void progress(UploadProgress event) {
                publisher.send(event, new Audience.Room(event.conversationId(), null));
            }

            @Override
            public void finished(UploadFinished event, boolean isForRoom) {
                publisher.send(event, new Audience.Users(List.of(event.userId())));
                if (isForRoom) {
                    publisher.send(event, new Audience.OtherUsers(event.conversationId(), event.userId()));
                }
            }
        };
    }

    private static Optional<UserCalls> calls(
            HostSettings settings,
            Ports ports,
            Execution execution,
            Rooms rooms,
            Sessions sessions,
            Receipts receipts,
            PresenceTrackers presence) {
        if (settings.calls() == null) {
            return Optional.empty();
        }
        UserCalls calls = UserCalls.create(
                new UserCalls.Parts(
                        settings.calls(),
                        settings.store(),
                        settings.metrics(),
                        settings.clock(),
                        ports.calls(),
                        (conversationId, userId, seq) ->
                                Math.max(0, receipts.tracker().readSeq(conversationId, userId)) >= seq,
                        presence.attendance()::visible),
                execution,
                rooms,
                sessions);
        sessions.lifecycle().observe(calls);
        return Optional.of(calls);
    }

    private static UserCalls.Alerts alerts(CallNotifications notifications) {
        return new UserCalls.Alerts() {
            @Override
            public void rings(UserCalls.Ringing call, Instant until) {
                notifications.rings(notified(call), until);
            }

            @Override
            public void stops(UserCalls.Ringing call, CallOutcome reason, boolean isHere) {
                notifications.stops(notified(call), reason, isHere);
            }
        };
    }

    private static CallNotifications.Ringing notified(UserCalls.Ringing call) {
        return new CallNotifications.Ringing(
                call.callId(), call.conversationId(), call.from(), call.media(), call.userIds());
    }

    private static Users users(HostSettings settings, Ports ports, Execution execution, Rooms rooms) {
        return new Users(
                settings.users(),
                ports.directory(),
                ProfileRules::validPartOf,
                settings.store(),
                rooms,
                execution.workers(),
                settings.clock());
    }

    private static Rooms rooms(
            HostSettings settings, Broadcaster broadcaster, Execution execution, ListenerQueue listeners) {
        return Rooms.create(
                settings.store(),
                broadcaster,
                settings.metrics(),
                execution,
                settings.clock(),
                settings.limits(),
                listeners::event);
    }

    private static PresenceTrackers presence(
            HostSettings settings, Ports ports, Rooms rooms, Execution execution, UserAttention attention) {
        PresenceVisibility visibility = PresenceVisibility.of(
                settings.presencePolicy(), settings.store(), ports.presencePolicy(), settings.clock());
        PresenceTrackers trackers = PresenceTrackers.create(
                visibility,
                hiddenPresence(attention.settings()),
                rooms,
                execution,
                settings.clock(),
                settings.limits());
        attention.privacy().onPresence(trackers.presence()::visibilityChanged);
        return trackers;
    }

    /** Returns which users hide their presence, by their settings. */
    static HiddenPresence hiddenPresence(UserSettingsCache settings) {
        return new HiddenPresence() {
            @Override
            public @Nullable Boolean ifKnown(String userId) {
                UserSettings known = settings.ifKnown(userId);
                return known == null ? null : !known.privacy().presence();
            }

            @Override
            public void read(String userId, Consumer<Boolean> then) {
                settings.read(
                        userId,
                        found -> then.accept(found == null || !found.privacy().presence()));
            }

            @Override
            public Set<String> among(Collection<String> userIds) {
                return settings.ofAll(userIds).entrySet().stream()
                        .filter(user -> !user.getValue().privacy().presence())
                        .map(Map.Entry::getKey)
                        .collect(Collectors.toSet());
            }
        };
    }

    /** Ends all sessions of a user, on all nodes, and removes the user's devices. */
    public CompletableFuture<Void> revoke(String userId) {
        rules.ids().userId(userId, "userId");
        sessions.lifecycle().revoke(userId);
        CompletableFuture<Void> elsewhere = rooms.others().revoke(userId);
        return push.isEmpty()
                ? elsewhere
                : CompletableFuture.runAsync(() -> devices.removeAll(userId), execution.workers())
                        .thenCompose(removed -> elsewhere);
    }

    /** Returns a file to which a message refers. Blocks. */
    public StoredFile file(String fileId) {
        return requireFiles().ofMessages().readable(fileId);
    }

    private UserFiles requireFiles() {
        return files.orElseThrow(() -> ChatException.of(ErrorCode.NOT_SUPPORTED));
    }

    /** Lets the files of users be sent, if there are any. */
    public void startFiles(BiFunction<Session, SendMessage, CompletionStage<Message>> sender) {
        files.ifPresent(found -> found.start(sender::apply));
    }

    /** Does what a whole file still needs. */
    public CompletionStage<StoredFile> completeUpload(String uploadId) {
        return requireFiles().completion().complete(uploadId);
    }

    /** Notifies the room of an upload's progress, and lets the upload expire later. May block for the store. */
    public void uploadProgress(StoredFile file, long loaded) {
        requireFiles().progress(file, loaded);
    }

    /** Returns what a client learns of an upload. */
    public StartUpload.Started upload(StoredFile file, long offset) {
        return requireFiles().uploads().started(file, offset);
    }

    /** Deletes the files of a user whose uploads have not ended. Blocks. */
    public void eraseUploads(String userId) {
        files.ifPresent(found -> found.uploads().erase(userId));
    }

    /** Returns what is to follow all messages under the name {@link #PUSH_FOLLOWER}; empty if there are no notifiers. */
    public Optional<ChatFollower> pushFollower() {
        return push.map(Push::follower);
    }

    /** Starts to send push notifications. */
    public void startPush() {
        push.ifPresent(Push::start);
    }

    /** Lets other servers send the push notifications that wait here. Blocks. */
    public void closePush() {
        push.ifPresent(Push::close);
    }

    /** Sets what runs the commands that calls need. Called once, before the first session opens. */
    public void onCommand(CallHistory.Runner runner) {
        calls.ifPresent(found -> found.onCommand(runner));
    }

    /** Stops the timers of calls. */
    public void closeCalls() {
        calls.ifPresent(UserCalls::close);
    }

    /** Closes the store of files, if there is one. */
    public void closeFiles() {
        files.ifPresent(UserFiles::close);
    }

    /** Forgets a user whom the host changed, and notifies clients. */
    public CompletableFuture<Void> userChanged(String userId) {
        rules.ids().userId(userId, "userId");
        return users.changed(userId);
    }

    /** Returns those of the users who wish to be notified of the message. May block. */
    public Set<String> notified(Collection<String> userIds, Message message) {
        return attention.notifications().among(userIds, message);
    }

    /** Removes sessions from a room in which the access policy no longer permits them, before an event of the host. */
    public CompletionStage<?> checkRoom(String conversationId) {
        return sessions.guard().check(conversationId);
    }

    /** Returns the current load, and the totals since the start. */
    public ChatStats stats() {
        return new ChatStats(
                rooms.registry().sessions(),
                rooms.registry().users(),
                rooms.registry().rooms(),
                execution.lanes().load(),
                broadcaster.persisted(),
                broadcaster.broadcasts(),
                rooms.cluster().nodes(),
                rooms.cluster().isAway());
    }
}
