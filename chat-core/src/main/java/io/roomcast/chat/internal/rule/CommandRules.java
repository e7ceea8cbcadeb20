package io.roomcast.chat.internal.rule;

import io.roomcast.chat.command.Command;
import io.roomcast.chat.command.GetMessages;
import io.roomcast.chat.command.JoinRoom;
import io.roomcast.chat.command.JoinRooms;
import io.roomcast.chat.command.SendMessage;
import io.roomcast.chat.command.SyncRoom;
import io.roomcast.chat.command.UserCommand;
import io.roomcast.chat.model.Attachment;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.Limits;
import io.roomcast.chat.model.Position;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Checks a command's form, without asking who sends it; safe for use by any thread, never blocks. */
public final class CommandRules {
    private static final Pattern FILE_URL = Pattern.compile("(?i:https?://)[^\\s/?#][^\\s]*|/(?!/)[^\\s\\\\]*");
    private static final long MAX_SAFE_INTEGER = (1L << 53) - 1;

    private final Limits limits;
    private final ConversationRules conversations;
    private final MessageRules messages;
    private final ChangeRules changes;

    public CommandRules(Limits limits) {
        this.limits = limits;
        this.conversations = new ConversationRules(limits, this);
        this.messages = new MessageRules(limits);
        this.changes = new ChangeRules(messages);
    }

    /** What checks conversations and their members. */
    public ConversationRules conversations() {
        return conversations;
    }

    /** Refuses a command that no caller could be allowed. */
    public void validate(Command<?> command) {
        if (!(command instanceof UserCommand)) {
            conversationId(command.conversationId());
        }
        if (command instanceof SendMessage send) {
            message(send);
        } else if (command instanceof GetMessages get) {
            page(get);
        } else if (command instanceof SyncRoom sync) {
            sync(sync);
        } else if (command instanceof JoinRoom join) {
            join(join);
        } else if (command instanceof JoinRooms several) {
            // Each room has a result of its own, so an invalid one does not refuse the others.
            rooms(several);
        } else {
            changes.check(command);
        }
        conversations.validate(command);
    }

    private void rooms(JoinRooms command) {
        if (command.size() < 1 || command.size() > limits.roomsPerSession()) {
            throw ChatException.invalid("rooms", "1 to " + limits.roomsPerSession() + " rooms");
        }
    }

    /** Refuses an id that cannot be a conversation's. */
    public void conversationId(String conversationId) {
        if (conversationId.isEmpty()) {
            throw ChatException.missing("conversationId");
        }
        id(conversationId, "conversationId");
    }

    /** Refuses an id that cannot be a user's. */
    public void userId(String userId, String field) {
        id(userId, field);
    }

    /** Refuses ids that cannot be users', and names the index of the first. */
    public void userIds(List<String> userIds, String field) {
        each(userIds, field, userId -> userId(userId, field));
    }

    /** Checks each entry of a list. A refusal names the index of the entry. */
    static <T> void each(List<T> entries, String list, Consumer<T> check) {
        for (int i = 0; i < entries.size(); i++) {
            try {
                check.accept(entries.get(i));
            } catch (ChatException refusal) {
                throw refusal.inEntry(list, i);
            }
        }
    }

    private void id(String id, String field) {
        if (!NameRules.isId(id, limits.idLength())) {
            throw ChatException.invalid(field, "1 to " + limits.idLength() + " " + NameRules.ID);
        }
    }

    private void message(SendMessage send) {
        content(send);
        if (send.clientMessageId() != null) {
            key(send.clientMessageId());
        }
        if (send.attachment() != null) {
            attachment(send.attachment());
        }
        messages.replyTo(send.replyTo());
        messages.metadata(send.metadata());
        if (send.mentions().size() > SendMessage.MAX_MENTIONS) {
            throw ChatException.invalid("mentions", "at most " + SendMessage.MAX_MENTIONS + " users");
        }
        userIds(send.mentions(), "mentions");
    }

    private void key(String clientMessageId) {
        if (!isKey(clientMessageId, limits.clientMessageIdLength())) {
            throw ChatException.invalid(
                    "clientMessageId", "1 to " + limits.clientMessageIdLength() + " ASCII characters without spaces");
        }
    }

    private void content(SendMessage send) {
        String content = Objects.requireNonNullElse(send.content(), "");
        if (!TextRules.hasText(content) && !TextRules.speaksForItself(send.type(), send.attachment())) {
            throw ChatException.missing("content");
        }
        messages.content(content);
    }

    private void attachment(Attachment attachment) {
        if (!isUrl(attachment.fileUrl())) {
            throw ChatException.invalid(
                    "fileUrl", "an http(s) URL or an absolute path, up to " + limits.fileUrlLength() + " UTF-16 units");
        }
        fileName(attachment.fileName());
        require(attachment.fileSize() == null || isCount(attachment.fileSize()), "fileSize");
        String mimeType = attachment.mimeType();
        require(mimeType == null || MediaTypes.permits(mimeType), "mimeType");
    }

    private boolean isUrl(String fileUrl) {
        return NameRules.isName(fileUrl, limits.fileUrlLength())
                && FILE_URL.matcher(fileUrl).matches();
    }

    private void fileName(@Nullable String fileName) {
        if (fileName != null && !NameRules.isName(fileName, limits.fileNameLength())) {
            throw ChatException.invalid(
                    "fileName", "up to " + limits.fileNameLength() + " UTF-16 units, " + NameRules.NAME);
        }
    }

    private void page(GetMessages get) {
        cursor(get.before(), "before");
        cursor(get.after(), "after");
        cursor(get.around(), "around");
        if (get.before() != null && (get.after() != null || get.around() != null)) {
            throw ChatException.invalidCursor("before");
        }
        if (get.after() != null && get.around() != null) {
            throw ChatException.invalidCursor("after");
        }
        require(get.limit() == null || get.limit() >= 1, "limit");
    }

    private static void sync(SyncRoom sync) {
        if (sync.epoch().isEmpty()) {
            throw ChatException.missing("epoch");
        }
        position(sync.after());
        require(sync.limit() == null || sync.limit() >= 1, "limit");
    }

    private static void join(JoinRoom join) {
        if (join.after() != null) {
            position(join.after());
        }
        require(join.limit() == null || join.limit() >= 1, "limit");
    }

    private static void position(Position after) {
        require(isCount(after.seq()) && isCount(after.version()), "after");
    }

    private static void cursor(@Nullable Long seq, String field) {
        if (seq != null && !isCount(seq)) {
            throw ChatException.invalidCursor(field);
        }
    }

    /** Whether JavaScript can count so far. */
    static boolean isCount(long number) {
        return number >= 0 && number <= MAX_SAFE_INTEGER;
    }

    /** Whether the text is an idempotency key; a pattern would cost more than all other checks. */
    private static boolean isKey(String text, int longest) {
        if (text.isEmpty() || text.length() > longest) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (!isOfAKey(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isOfAKey(int character) {
        return character > ' ' && character < 0x7f;
    }

    private static void require(boolean holds, String field) {
        if (!holds) {
            throw ChatException.invalid(field);
        }
    }
}
