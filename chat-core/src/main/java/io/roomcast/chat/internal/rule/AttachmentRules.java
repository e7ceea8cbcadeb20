package io.roomcast.chat.internal.rule;

import io.roomcast.chat.model.Attachment;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.FixedLimits;
import io.roomcast.chat.model.Limits;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Checks the files that a message refers to. */
final class AttachmentRules {
    private static final Pattern FILE_URL = Pattern.compile("(?i:https?://)[^\\s/?#][^\\s]*|/(?!/)[^\\s\\\\]*");

    private final Limits limits;

    AttachmentRules(Limits limits) {
        this.limits = limits;
    }

    /**
     * Checks all files of a message. A refusal names the first file's URL, name, size and type as fields of the message,
     * because a client may have sent them there.
     */
    void attachments(List<Attachment> attachments) {
        if (attachments.isEmpty()) {
            return;
        }
        if (attachments.size() > FixedLimits.ATTACHMENTS) {
            throw ChatException.invalid("attachments", "at most " + FixedLimits.ATTACHMENTS + " files");
        }
        Attachment first = attachments.get(0);
        file(first);
        FieldRules.each(attachments, "attachments", attachment -> {
            if (!attachment.equals(first)) {
                file(attachment);
            }
            shape(attachment);
        });
    }

    private void file(Attachment attachment) {
        url(attachment.fileUrl(), "fileUrl");
        fileName(attachment.fileName());
        count(attachment.fileSize(), "fileSize");
        String mimeType = attachment.mimeType();
        FieldRules.require(mimeType == null || MediaTypes.isMediaType(mimeType), "mimeType");
    }

    private void shape(Attachment attachment) {
        count(attachment.width(), "width");
        count(attachment.height(), "height");
        count(attachment.durationMs(), "durationMs");
        if (attachment.thumbnailUrl() != null) {
            url(attachment.thumbnailUrl(), "thumbnailUrl");
        }
    }

    private static void count(@Nullable Long number, String field) {
        FieldRules.require(number == null || FieldRules.isCount(number), field);
    }

    private void url(String url, String field) {
        if (!NameRules.isName(url, limits.fileUrlLength())
                || !FILE_URL.matcher(url).matches()) {
            throw ChatException.invalid(
                    field, "an http(s) URL or an absolute path, up to " + limits.fileUrlLength() + " UTF-16 units");
        }
    }

    void fileName(@Nullable String fileName) {
        if (fileName != null && !NameRules.isName(fileName, limits.fileNameLength())) {
            throw ChatException.invalid(
                    "fileName", "up to " + limits.fileNameLength() + " UTF-16 units, " + NameRules.NAME);
        }
    }
}
