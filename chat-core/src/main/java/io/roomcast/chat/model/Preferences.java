package io.roomcast.chat.model;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a user prefers in one conversation. Immutable. Only the user sees it.
 *
 * @param notifyLevel which messages the user wishes to be notified of
 * @param mutedUntil until when the user is not notified, in whole milliseconds, or null
 * @param archived whether the user has put the conversation away
 * @param favorite whether the user has marked the conversation as a favorite
 * @param unreadFrom the sequence number of the first message that the user has marked as unread, or null for none
 * @param draft the message that the user has not sent yet, or null
 * @param version how often the preferences have changed; of two states, the one with the higher version is later
 */
public record Preferences(
        NotifyLevel notifyLevel,
        @Nullable Instant mutedUntil,
        boolean archived,
        boolean favorite,
        @Nullable Long unreadFrom,
        @Nullable Draft draft,
        long version) {
    /** The preferences of a user who has never set any. */
    public static final Preferences NONE = new Preferences(NotifyLevel.ALL, null, false, false, null, null, 0);

    /** Rejects null for required components. */
    public Preferences {
        requireNonNull(notifyLevel, "notifyLevel");
    }

    /** Returns whether the conversation is muted at a time. */
    public boolean isMuted(Instant now) {
        return mutedUntil != null && mutedUntil.isAfter(requireNonNull(now, "now"));
    }

    /**
     * Returns the highest sequence number of the messages that do not count as unread.
     *
     * @param readSeq the highest sequence number that the user has read
     */
    public long notUnread(long readSeq) {
        return notUnread(readSeq, unreadFrom);
    }

    /** As {@link #notUnread(long)}, of a user who has marked messages as unread from the given one, or none if null. */
    public static long notUnread(long readSeq, @Nullable Long unreadFrom) {
        return unreadFrom == null ? readSeq : Math.min(readSeq, unreadFrom - 1);
    }

    /** Returns these preferences with other values for some of them, as the next version. */
    public Preferences with(Set<Preference> changed, Preferences values) {
        requireNonNull(changed, "changed");
        requireNonNull(values, "values");
        return new Preferences(
                changed.contains(Preference.NOTIFY) ? values.notifyLevel : notifyLevel,
                changed.contains(Preference.MUTED_UNTIL) ? values.mutedUntil : mutedUntil,
                changed.contains(Preference.ARCHIVED) ? values.archived : archived,
                changed.contains(Preference.FAVORITE) ? values.favorite : favorite,
                changed.contains(Preference.UNREAD_FROM) ? values.unreadFrom : unreadFrom,
                changed.contains(Preference.DRAFT) ? values.draft : draft,
                version + 1);
    }

    /** Returns these preferences with another draft, or none if it is null. */
    public Preferences withDraft(@Nullable Draft other) {
        return new Preferences(notifyLevel, mutedUntil, archived, favorite, unreadFrom, other, version);
    }

    /** Returns these preferences without the text of the draft. */
    public Preferences withoutDraftText() {
        return draft == null ? this : withDraft(new Draft("", draft.replyTo(), draft.at()));
    }
}
