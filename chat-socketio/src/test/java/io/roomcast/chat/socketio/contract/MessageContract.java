package io.roomcast.chat.socketio.contract;

import static io.roomcast.chat.socketio.contract.Scalar.ANY_OBJECT;
import static io.roomcast.chat.socketio.contract.Scalar.COUNT;
import static io.roomcast.chat.socketio.contract.Scalar.CURSOR;
import static io.roomcast.chat.socketio.contract.Scalar.FLAG;
import static io.roomcast.chat.socketio.contract.Scalar.TEXT;
import static io.roomcast.chat.socketio.contract.Scalar.TIME;
import static io.roomcast.chat.socketio.contract.Shapes.IN_CONVERSATION;
import static io.roomcast.chat.socketio.contract.Shapes.success;

import io.roomcast.chat.model.MessageType;
import java.util.List;

/** The contract of messages and their reactions. */
final class MessageContract {
    static final Named MESSAGE_TYPE = new Named(
            "MessageType", "The type of a message's content.", Choice.of(MessageType.values(), MessageType::wireName));

    private static final String MINE = "Present and true if the user chose it too. Only in answers and roomSync.";

    private static final Shape ABOUT_FILE = Shape.empty()
            .maybe("fileName", TEXT)
            .maybe("fileSize", COUNT, "In bytes.")
            .maybe("mimeType", TEXT)
            .maybe("width", COUNT, "In pixels.")
            .maybe("height", COUNT, "In pixels.")
            .maybe("durationMs", COUNT)
            .maybe("thumbnailUrl", TEXT, "A small image, in the form of fileUrl.");

    private static final Named ATTACHMENT = new Named(
            "Attachment",
            "A file that is stored elsewhere.",
            Shape.empty()
                    .with("fileUrl", TEXT, "An http or https URL, or an absolute path on the server.")
                    .and(ABOUT_FILE));

    private static final Type CLIENT_TYPE = Choice.of("text", "file", "image", "custom");

    private static final Named REACTION = new Named(
            "Reaction",
            "The number of users who chose a key, and the first 10 of them.",
            Shape.empty().with("count", COUNT).with("userIds", new ListOf(TEXT)).maybe("mine", FLAG, MINE));

    private static final Named REACTIONS =
            new Named("Reactions", "The reactions to a message, by their keys.", new MapOf(REACTION));

    private static final Named PIN = new Named(
            "Pin",
            "Who pinned a message, and when.",
            Shape.empty().with("by", TEXT).with("at", TIME));

    static final Named MESSAGE = new Named(
            "Message",
            "A message in its latest state.",
            Shape.empty()
                    .with("id", TEXT)
                    .with("_id", TEXT, "The same as id, for clients that expect the field of a MongoDB document.")
                    .with("conversationId", TEXT)
                    .with("seq", COUNT, "The sequence number in the conversation: 1, 2, 3 and so on, without gaps.")
                    .with(
                            "version",
                            COUNT,
                            "The number of the conversation's change that changed the message last; 0 if none.")
                    .with("senderId", TEXT)
                    .maybe("clientMessageId", TEXT, "The sender's idempotency key.")
                    .with("type", MESSAGE_TYPE)
                    .maybe("customType", TEXT, "What a message of the type custom is.")
                    .with("content", TEXT, "Empty in a deleted message. May be empty in one with a file.")
                    .and(attachment())
                    .maybe("replyTo", TEXT, "The id of the message that this one replies to.")
                    .maybe("mentions", new ListOf(TEXT), "The ids of the mentioned users; @all stands for all members.")
                    .maybe("metadata", ANY_OBJECT)
                    .with("createdAt", TIME)
                    .maybe("expiresAt", TIME, "The server does not return the message from then on. Clients hide it.")
                    .maybe("editedAt", TIME)
                    .maybe("deletedAt", TIME, "Present if the message is deleted.")
                    .maybe("deletedBy", TEXT)
                    .maybe("reactions", REACTIONS)
                    .maybe("pinned", PIN, "Present if the message is pinned.")
                    .maybe("annotations", new MapOf(ANY_OBJECT), "What the host states about the message, by keys."));

    private static final Shape A_MESSAGE = IN_CONVERSATION.with("message", MESSAGE);
    private static final Shape ON_MESSAGE = IN_CONVERSATION.with("messageId", TEXT);
    private static final Shape REACTED = success().with("reactions", REACTIONS).with("version", COUNT);

    static final List<Named> TYPES = List.of(MESSAGE_TYPE, ATTACHMENT, REACTION, REACTIONS, PIN, MESSAGE);

    static final List<Request> REQUESTS = List.of(
            Request.of("sendMessage", "Stores a message and sends it to the room.", toSend(), sent()),
            Request.of(
                    "editMessage",
                    "Replaces the content of a message.",
                    ON_MESSAGE
                            .with("content", TEXT)
                            .maybe("metadata", ANY_OBJECT)
                            .maybe(
                                    "expectedVersion",
                                    COUNT,
                                    "Refused with conflict if the message has another version."),
                    success().with("message", MESSAGE)),
            Request.of(
                    "deleteMessage",
                    "Deletes the content of a message.",
                    ON_MESSAGE,
                    success().with("messageId", TEXT).with("seq", COUNT).with("version", COUNT)),
            Request.of(
                    "pinMessage",
                    "Pins a message, so that the conversation lists it.",
                    ON_MESSAGE,
                    success().with("message", MESSAGE)),
            Request.of(
                    "unpinMessage", "Unpins a message.", ON_MESSAGE, success().with("message", MESSAGE)),
            Request.of("addReaction", "Adds the user's reaction to a message.", ON_MESSAGE.with("key", TEXT), REACTED),
            Request.of(
                    "removeReaction",
                    "Removes the user's reaction from a message.",
                    ON_MESSAGE.with("key", TEXT),
                    REACTED),
            Request.of(
                    "getReactions",
                    "Returns a page of the reactions to a message, by key and user.",
                    ON_MESSAGE
                            .maybe("key", TEXT, "The key that the reactions have.")
                            .maybe("cursor", CURSOR, "The next of the previous page; the first page if absent.")
                            .maybe("limit", COUNT, "At most 100; 50 if absent."),
                    success()
                            .with(
                                    "reactions",
                                    new ListOf(Shape.empty()
                                            .with("userId", TEXT)
                                            .with("key", TEXT)
                                            .maybe("mine", FLAG, MINE)))
                            .maybe("next", CURSOR, "The cursor of the next page; absent on the last one.")));

    private static final Notice SENT = Notice.of("receiveMessage", "A message was stored.", A_MESSAGE);

    static final List<Notice> NOTICES = List.of(
            SENT,
            Notice.of(
                    "messagesBatch",
                    "Several messages were stored. Only for clients with the feature of the same name.",
                    new ListOf(SENT.payload())),
            Notice.of("messageEdited", "The content of a message was replaced.", A_MESSAGE),
            Notice.of(
                    "messageDeleted",
                    "The content of a message was deleted.",
                    ON_MESSAGE
                            .with("seq", COUNT)
                            .with("version", COUNT)
                            .with("deletedAt", TIME)
                            .with("deletedBy", TEXT)),
            Notice.of(
                    "messageReactions",
                    "A user added or removed a reaction.",
                    ON_MESSAGE
                            .with("version", COUNT)
                            .with("reactions", REACTIONS)
                            .with(
                                    "change",
                                    Shape.empty()
                                            .with("userId", TEXT)
                                            .with("key", TEXT)
                                            .with("op", Choice.of("add", "remove")))),
            Notice.of(
                    "messagePinned",
                    "A user pinned or unpinned a message.",
                    ON_MESSAGE.with("version", COUNT).maybe("pinned", PIN, "Absent if the message was unpinned.")),
            Notice.of(
                    "messageAnnotated",
                    "The host set or removed an annotation of a message.",
                    ON_MESSAGE
                            .with("version", COUNT)
                            .with("key", TEXT)
                            .maybe("value", ANY_OBJECT, "Absent if the annotation was removed.")));

    private MessageContract() {}

    private static Shape attachment() {
        return Shape.empty()
                .maybe("fileUrl", TEXT, "Of the first attachment, as the next three fields.")
                .maybe("fileName", TEXT)
                .maybe("fileSize", COUNT, "In bytes.")
                .maybe("mimeType", TEXT)
                .maybe("attachments", new ListOf(ATTACHMENT), "At most 10.");
    }

    private static Shape toSend() {
        return IN_CONVERSATION
                .maybe("senderId", TEXT, Shapes.AUTHOR)
                .with("content", TEXT, "May be empty in a message with a file or an image.")
                .maybe("type", CLIENT_TYPE, "Text if absent.")
                .and(attachment())
                .and(options());
    }

    private static Shape options() {
        return Shape.empty()
                .maybe("clientMessageId", TEXT, "The idempotency key: a repetition returns the stored message.")
                .maybe("replyTo", TEXT, "The id of a message of the conversation, which may be deleted.")
                .maybe(
                        "mentions",
                        new ListOf(TEXT),
                        "At most 50. @all stands for all members and needs the permission.")
                .maybe("metadata", ANY_OBJECT)
                .maybe(
                        "customType",
                        TEXT,
                        "Required with the type custom: up to 64 of a-z, 0-9, dots, hyphens, underscores.")
                .maybe("expiresInMs", COUNT, "From 5,000 to 31,536,000,000, which is 365 days.")
                .maybe(
                        "ifLatestSeq",
                        COUNT,
                        "Stores the message only as the next one after this seq. Refused with conflict otherwise.");
    }

    /** Returns what a message has that the server sends when its file is uploaded. */
    static Shape ofUpload() {
        Shape listed = Shape.empty()
                .maybe("fileUrl", TEXT, "Absent in the entry that stands for the uploaded file.")
                .and(ABOUT_FILE);
        return Shape.empty()
                .maybe("content", TEXT)
                .maybe("type", CLIENT_TYPE, "File, or image if the media type is that of one, if absent.")
                .maybe("attachments", new ListOf(listed), "At most 10. Without an entry, the file is the last one.")
                .and(options());
    }

    private static Shape sent() {
        return success()
                .with("message", MESSAGE)
                .maybe("duplicate", FLAG, "Present and true if a message with the same key was already stored.");
    }
}
