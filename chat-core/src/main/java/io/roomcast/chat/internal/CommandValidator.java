package io.roomcast.chat.internal;

import io.roomcast.chat.command.Command;
import io.roomcast.chat.command.GetMessages;
import io.roomcast.chat.command.JoinRoom;
import io.roomcast.chat.command.SendMessage;
import io.roomcast.chat.command.SyncRoom;
import io.roomcast.chat.command.UserCommand;
import io.roomcast.chat.model.Attachment;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.Limits;
import io.roomcast.chat.model.Position;
import java.util.Objects;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Checks a command's form, without asking who sends it; safe for use by any thread, never blocks. */
final class CommandValidator {
    private static final String ID_MARKS = "_:.@-";
    private static final Pattern FILE_URL = Pattern.compile("(?i:https?://)[^\\s/?#][^\\s]*|/(?!/)[^\\s\\\\]*");
    private static final String MIME_NAME = "[\\w!#$&^.+-]{1,127}";
    private static final Pattern MIME_TYPE =
            Pattern.compile(MIME_NAME + "/" + MIME_NAME + "(; ?" + MIME_NAME + "=[\\w!#$&^.+,-]{1,127}){0,8}");
    private static final long MAX_SAFE_INTEGER = (1L << 53) - 1;

    private final Limits limits;
    private final ConversationValidator conversations;
    private final MessageRules messages;
    private final ChangeRules changes;

    CommandValidator(Limits limits) {
        this.limits = limits;
        this.conversations = new ConversationValidator(limits, this);
        this.messages = new MessageRules(limits);
        this.changes = new ChangeRules(messages);
    }

    /** What checks conversations and their members. */
    ConversationValidator conversations() {
        return conversations;
    }

    /** Refuses a command that no caller could be allowed. */
    void validate(Command<?> command) {
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
        } else {
            changes.check(command);
        }
        conversations.validate(command);
    }

    /** Refuses an id that cannot be a conversation's. */
    void conversationId(String conversationId) {
        if (conversationId.isEmpty()) {
            throw ChatException.missing("conversationId");
        }
        require(isShort(conversationId, limits.idLength(), CommandValidator::isOfAnId), "conversationId");
    }

    /** Refuses an id that cannot be a user's. */
    void userId(String userId, String field) {
        require(
                !userId.isBlank()
                        && userId.length() <= limits.idLength()
                        && Content.isWellFormed(userId)
                        && !Content.hasControls(userId),
                field);
    }

    private void message(SendMessage send) {
        content(send);
        if (send.clientMessageId() != null) {
            require(
                    isShort(send.clientMessageId(), limits.clientMessageIdLength(), CommandValidator::isOfAKey),
                    "clientMessageId");
        }
        if (send.attachment() != null) {
            attachment(send.attachment());
        }
        messages.replyTo(send.replyTo());
        messages.metadata(send.metadata());
        require(send.mentions().size() <= SendMessage.MAX_MENTIONS, "mentions");
        send.mentions().forEach(userId -> userId(userId, "mentions"));
    }

    private void content(SendMessage send) {
        String content = Objects.requireNonNullElse(send.content(), "");
        if (!Content.hasText(content) && !Content.speaksForItself(send.type(), send.attachment())) {
            throw ChatException.missing("content");
        }
        messages.content(content);
    }

    private void attachment(Attachment attachment) {
        require(isUrl(attachment.fileUrl()), "fileUrl");
        require(isName(attachment.fileName()), "fileName");
        require(attachment.fileSize() == null || isCount(attachment.fileSize()), "fileSize");
        String mimeType = attachment.mimeType();
        require(mimeType == null || MIME_TYPE.matcher(mimeType).matches(), "mimeType");
    }

    private boolean isUrl(String fileUrl) {
        return fits(fileUrl, limits.fileUrlLength(), FILE_URL)
                && Content.isWellFormed(fileUrl)
                && !Content.hasControls(fileUrl);
    }

    private boolean isName(@Nullable String fileName) {
        if (fileName == null) {
            return true;
        }
        return fileName.length() <= limits.fileNameLength()
                && Content.isWellFormed(fileName)
                && !Content.hasControls(fileName);
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

    private static boolean fits(String text, int length, Pattern form) {
        return text.length() <= length && form.matcher(text).matches();
    }

    /** Whether a text that every request carries is in order; a pattern would cost more than all other checks. */
    private static boolean isShort(String text, int length, IntPredicate allowed) {
        if (text.isEmpty() || text.length() > length) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (!allowed.test(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isOfAnId(int character) {
        return (character >= 'a' && character <= 'z')
                || (character >= 'A' && character <= 'Z')
                || (character >= '0' && character <= '9')
                || ID_MARKS.indexOf(character) >= 0;
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
