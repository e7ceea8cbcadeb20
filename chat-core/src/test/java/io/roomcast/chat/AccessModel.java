package io.roomcast.chat;

import io.roomcast.chat.event.ChatEvent;
import io.roomcast.chat.event.ConversationDeleted;
import io.roomcast.chat.event.ConversationUpdated;
import io.roomcast.chat.event.CustomEventSent;
import io.roomcast.chat.event.MemberAdded;
import io.roomcast.chat.event.MemberRemoved;
import io.roomcast.chat.event.MemberUpdated;
import io.roomcast.chat.event.MessageChanged;
import io.roomcast.chat.event.MessageSent;
import io.roomcast.chat.event.MessagesRead;
import io.roomcast.chat.event.RoomStats;
import io.roomcast.chat.event.TypingStarted;
import io.roomcast.chat.event.TypingStopped;
import io.roomcast.chat.event.UnreadChanged;
import io.roomcast.chat.event.UploadFinished;
import io.roomcast.chat.event.UploadProgress;
import io.roomcast.chat.event.UserUpdated;
import io.roomcast.chat.model.Privacy;
import io.roomcast.chat.model.Session;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Groups, their members in the order in which they joined, and the sessions that are in their rooms. */
final class AccessModel {
    /** A member of a group. */
    record Place(String room, String user) {}

    private record Seat(String room, Session session) {}

    private final List<String> rooms;
    private final Map<String, String> owners = new HashMap<>();
    private final Set<Place> members = new LinkedHashSet<>();
    private final Set<Seat> listeners = new HashSet<>();
    private final Map<String, Privacy> privacies = new HashMap<>();

    AccessModel(List<String> rooms) {
        this.rooms = new ArrayList<>(rooms);
    }

    List<String> rooms() {
        return rooms;
    }

    Set<Place> members() {
        return Set.copyOf(members);
    }

    List<String> membersOf(String room) {
        return members.stream()
                .filter(place -> place.room().equals(room))
                .map(Place::user)
                .toList();
    }

    boolean exists(String room) {
        return owners.containsKey(room);
    }

    boolean isMember(String room, String user) {
        return members.contains(new Place(room, user));
    }

    boolean isInRoom(String room, Session session) {
        return listeners.contains(new Seat(room, session));
    }

    /** An owner who left and joined again is an ordinary member. */
    boolean mayManage(String room, String user) {
        return user.equals(owners.get(room)) && isMember(room, user);
    }

    void create(String room, String owner, String other) {
        owners.put(room, owner);
        add(room, owner);
        add(room, other);
    }

    void add(String room, String user) {
        members.add(new Place(room, user));
    }

    void remove(String room, String user) {
        members.remove(new Place(room, user));
        listeners.removeIf(seat ->
                seat.room().equals(room) && seat.session().principal().userId().equals(user));
        if (user.equals(owners.get(room))) {
            owners.put(room, heir(room));
        }
    }

    /** The groups have no admins, so the longest-standing member becomes the owner. */
    private String heir(String room) {
        return membersOf(room).stream().findFirst().orElse("nobody");
    }

    void handOver(String room, String owner) {
        owners.put(room, owner);
    }

    /** Another room takes the place of a deleted one. */
    void delete(String room) {
        members.removeIf(place -> place.room().equals(room));
        listeners.removeIf(seat -> seat.room().equals(room));
        rooms.replaceAll(name -> name.equals(room) ? name + "'" : name);
    }

    void join(String room, Session session) {
        listeners.add(new Seat(room, session));
    }

    void leave(String room, Session session) {
        listeners.remove(new Seat(room, session));
    }

    void hide(String user, Privacy privacy) {
        privacies.put(user, privacy);
    }

    private Privacy privacyOf(String user) {
        return privacies.getOrDefault(user, Privacy.OPEN);
    }

    /**
     * Returns whether a session may receive an event. A removed member may receive the event of the removal, and no other
     * event of that step.
     *
     * @param before the members before the step
     */
    boolean mayReceive(ChatEvent event, Session session, Set<Place> before) {
        String user = session.principal().userId();
        if (event instanceof MemberRemoved removed) {
            return before.contains(new Place(removed.conversationId(), user));
        } else if (event instanceof ConversationDeleted deleted) {
            return before.contains(new Place(deleted.conversationId(), user));
        } else if (event instanceof UploadFinished finished && finished.userId().equals(user)) {
            return true;
        } else if (event instanceof UserUpdated updated) {
            return sharesRoom(session, updated.user().userId());
        }
        String room = roomOf(event);
        return !isHidden(event) && (isForMembers(event) ? isMember(room, user) : isInRoom(room, session));
    }

    /** Users receive changes of themselves, and of the members of the rooms that they are in. */
    private boolean sharesRoom(Session session, String userId) {
        return userId.equals(session.principal().userId())
                || rooms.stream().anyMatch(room -> isInRoom(room, session) && isMember(room, userId));
    }

    private boolean isHidden(ChatEvent event) {
        return (event instanceof TypingStarted typing
                        && !privacyOf(typing.userId()).typing())
                || (event instanceof MessagesRead read
                        && !privacyOf(read.receipt().userId()).readReceipts());
    }

    private static boolean isForMembers(ChatEvent event) {
        return event instanceof MemberAdded
                || event instanceof MemberUpdated
                || event instanceof ConversationUpdated
                || event instanceof UnreadChanged;
    }

    private static String roomOf(ChatEvent event) {
        if (event instanceof MessageSent sent) {
            return sent.message().conversationId();
        } else if (event instanceof MessageChanged changed) {
            return changed.message().conversationId();
        } else if (event instanceof MessagesRead read) {
            return read.receipt().conversationId();
        } else if (event instanceof TypingStarted typing) {
            return typing.conversationId();
        } else if (event instanceof TypingStopped typing) {
            return typing.conversationId();
        } else if (event instanceof UploadProgress progress) {
            return progress.conversationId();
        } else if (event instanceof UploadFinished finished) {
            return finished.conversationId();
        } else if (event instanceof CustomEventSent custom) {
            return custom.conversationId();
        } else if (event instanceof RoomStats stats) {
            return stats.conversationId();
        } else if (event instanceof UnreadChanged unread) {
            return unread.conversationId();
        } else if (event instanceof MemberUpdated updated) {
            return updated.conversationId();
        } else if (event instanceof MemberAdded added) {
            return added.conversation().conversationId();
        } else if (event instanceof ConversationUpdated updated) {
            return updated.conversation().conversationId();
        }
        throw new AssertionError("unexpected event: " + event);
    }
}
