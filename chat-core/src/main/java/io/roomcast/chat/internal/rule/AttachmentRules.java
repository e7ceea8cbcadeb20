package io.roomcast.chat.internal.rule;

import io.roomcast.chat.model.Attachment;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.Limits;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Checks the file that a message refers to. */
final class AttachmentRules {
    private static final Pattern FILE_URL = Pattern.compile("(?i:https?://)[^\\s/?#][^\\s]*|/(?!/)[^\\s\\\\]*");

    private final Limits limits;

    AttachmentRules(Limits limits) {
        this.limits = limits;
    }

    void attachment(Attachment attachment) {
        if (!isUrl(attachment.fileUrl())) {
            throw ChatException.invalid(
                    "fileUrl", "an http(s) URL or an absolute path, up to " + limits.fileUrlLength() + " UTF-16 units");
        }
        fileName(attachment.fileName());
        FieldRules.require(attachment.fileSize() == null || FieldRules.isCount(attachment.fileSize()), "fileSize");
        String mimeType = attachment.mimeType();
        FieldRules.require(mimeType == null || MediaTypes.isMediaType(mimeType), "mimeType");
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
}
