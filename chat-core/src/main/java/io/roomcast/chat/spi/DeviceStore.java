package io.roomcast.chat.spi;

import io.roomcast.chat.model.PendingPush;
import io.roomcast.chat.model.PushDevice;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * The part of a {@link ChatStore} that stores the devices of users, and the push notifications that are to be sent. What
 * is said there of threads and failures holds here.
 */
public interface DeviceStore {
    /**
     * Stores a device in place of the one with its id, which may be that of another user. If the user then has more
     * devices, removes those that were registered the longest time ago.
     *
     * <p>The store may remove a device after {@link PushDevice#expiresAt()}.
     *
     * @param maxPerUser the maximum number of devices of the user, at least 1
     */
    void register(PushDevice device, int maxPerUser);

    /** Returns the devices of users, the last registered ones first. Users without devices are missing. */
    Map<String, List<PushDevice>> of(Collection<String> userIds);

    /**
     * Removes devices of a user.
     *
     * @param deviceIds the ids; those of devices of other users are ignored
     * @return whether there was one
     */
    boolean remove(String userId, Collection<String> deviceIds);

    /** Removes all devices of a user, and the notifications that are to be sent to them. */
    void removeAll(String userId);

    /** Removes a device, unless it was registered at another time. */
    void remove(PushDevice device);

    /** Replaces the number of refusals of a device by the given one, unless it was registered at another time. */
    void updateRefusals(PushDevice device);

    /**
     * Stores notifications. One of the same kind with a higher sequence number, for the same device and conversation, is
     * kept instead. The kinds are those to be sent and those that the device {@linkplain PendingPush#isShown shows}: the
     * store has up to one of each for a device in a conversation, and neither replaces the other.
     *
     * <p>The store may remove one after {@link PendingPush#expiresAt()}.
     *
     * @param pushes at most one of each kind for a device in a conversation
     */
    void savePushes(Collection<PendingPush> pushes);

    /**
     * Returns notifications that are due at the given time, the earliest first. Called several times a minute, so an index
     * should serve it.
     *
     * @param platforms the platforms of the devices; those of others are not returned
     * @param limit the maximum number of notifications, at least 1
     */
    List<PendingPush> duePushes(Instant now, Collection<String> platforms, int limit);

    /**
     * Returns the stored notifications of both kinds of devices in a conversation, in no particular order, also those that
     * are not due.
     */
    List<PendingPush> pushes(Collection<String> deviceIds, String conversationId);

    /**
     * Replaces a stored notification in one step. Of several servers that replace the same one, one succeeds.
     *
     * @param after one of the same kind, for the same device and conversation
     * @return false if another one, or none, is stored; then nothing is changed
     */
    boolean replacePush(PendingPush before, PendingPush after);

    /** Removes notifications, unless one of the same kind with a higher sequence number is stored instead. */
    void removePushes(Collection<PendingPush> pushes);
}
