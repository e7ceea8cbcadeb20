package io.roomcast.chat.socketio.contract;

import static io.roomcast.chat.socketio.contract.Scalar.COUNT;
import static io.roomcast.chat.socketio.contract.Scalar.CURSOR;
import static io.roomcast.chat.socketio.contract.Scalar.FLAG;
import static io.roomcast.chat.socketio.contract.Scalar.TEXT;
import static io.roomcast.chat.socketio.contract.Scalar.TIME;
import static io.roomcast.chat.socketio.contract.Shapes.IN_CONVERSATION;
import static io.roomcast.chat.socketio.contract.Shapes.success;

import io.roomcast.chat.model.NotifyLevel;
import java.util.List;

/** The contract of what users prefer. */
final class AttentionContract {
    private static final Named NOTIFY_LEVEL = new Named(
            "NotifyLevel",
            "Which messages of a conversation a user wishes to be notified of.",
            Choice.of(NotifyLevel.values(), NotifyLevel::wireName));

    private static final Named DRAFT = new Named(
            "Draft",
            "A message that the user has not sent yet.",
            Shape.empty()
                    .with("content", TEXT, "May be empty in a reply.")
                    .maybe("replyTo", TEXT)
                    .with("at", TIME, "When it was stored; the draftBefore of the next one."));

    static final Named PREFERENCES = new Named(
            "Preferences",
            "What the user prefers in a conversation. A field that was never set, or was cleared, is absent.",
            Shape.empty()
                    .maybe("notify", NOTIFY_LEVEL, "All if absent.")
                    .maybe("mutedUntil", TIME)
                    .maybe("archived", FLAG)
                    .maybe("favorite", FLAG)
                    .maybe("unreadFrom", COUNT, "The seq of the first message that the user marked as unread.")
                    .maybe("draft", DRAFT)
                    .with("version", COUNT, "Of two states, the one with the higher version is later."));

    private static final Named PRIVACY = new Named(
            "Privacy",
            "What other users receive about the user.",
            Shape.empty()
                    .with("readReceipts", FLAG, "Whether others receive what the user has received and read.")
                    .with("typing", FLAG, "Whether others receive that the user is typing.")
                    .with(
                            "presence",
                            FLAG,
                            "Whether others see if the user is online, and when the user was last seen."));

    static final List<Named> TYPES = List.of(NOTIFY_LEVEL, DRAFT, PREFERENCES, PRIVACY);

    static final List<Request> REQUESTS = List.of(setPreferences(), setPrivacy(), getUnread(), getMentions());

    static final List<Notice> NOTICES = List.of(Notice.of(
            "preferencesChanged",
            "The user's preferences in a conversation changed.",
            IN_CONVERSATION.with("preferences", PREFERENCES)));

    private AttentionContract() {}

    private static Request setPreferences() {
        return Request.of(
                "setPreferences",
                "Changes what the user prefers in a conversation; null clears a field.",
                IN_CONVERSATION
                        .maybe("notify", new OrNull(Choice.of(NotifyLevel.values(), NotifyLevel::wireName)))
                        .maybe("mutedUntil", new OrNull(TIME))
                        .maybe("archived", new OrNull(FLAG))
                        .maybe("favorite", new OrNull(FLAG))
                        .maybe(
                                "unreadFrom",
                                new OrNull(COUNT),
                                "The seq of the first message to mark as unread; at least 1.")
                        .maybe(
                                "draft",
                                new OrNull(Shape.empty().with("content", TEXT).maybe("replyTo", TEXT)))
                        .maybe(
                                "draftBefore",
                                new OrNull(TIME),
                                "The time of the draft to replace, or null for none; refused with conflict if another one"
                                        + " is stored."),
                success().with("preferences", PREFERENCES));
    }

    private static Request setPrivacy() {
        return Request.of(
                "setPrivacy",
                "Changes what other users receive about the user; fields that are absent stay.",
                Shape.empty().maybe("readReceipts", FLAG).maybe("typing", FLAG).maybe("presence", FLAG),
                success().with("privacy", PRIVACY));
    }

    private static Request getUnread() {
        return Request.of(
                "getUnread",
                "Counts what is unread in the conversations that are neither muted nor archived.",
                Shape.empty(),
                success()
                        .with("conversations", COUNT, "The conversations with unread messages.")
                        .with("messages", COUNT, "The unread messages in them.")
                        .with("mentions", COUNT, "Those that mention the user or all members."));
    }

    private static Request getMentions() {
        return Request.of(
                "getMentions",
                "Returns a page of the messages that mention the user or all members, newest first.",
                Shape.empty()
                        .maybe("cursor", CURSOR, "The next of the previous page; the first page if absent.")
                        .maybe("limit", COUNT, "At most 100; 50 if absent."),
                success()
                        .with("messages", new ListOf(MessageContract.MESSAGE), "Only those that the user may read.")
                        .maybe("next", CURSOR, "The cursor of the next page; absent on the last one."));
    }
}
