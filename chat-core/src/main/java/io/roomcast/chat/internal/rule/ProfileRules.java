package io.roomcast.chat.internal.rule;

import io.roomcast.chat.model.FixedLimits;
import io.roomcast.chat.model.UserProfile;
import java.util.regex.Pattern;

/** Checks what the host's directory says about users. Safe for use by any thread. */
public final class ProfileRules {
    private static final Pattern URL = Pattern.compile("(?i:https?://)[^\\s/?#][^\\s]*");

    private ProfileRules() {}

    /** Returns the profile without its invalid values. */
    public static UserProfile validPartOf(UserProfile profile) {
        String name = profile.name();
        String avatarUrl = profile.avatarUrl();
        String metadata = profile.metadata();
        return new UserProfile(
                profile.userId(),
                name == null || isName(name) ? name : null,
                avatarUrl == null || isUrl(avatarUrl) ? avatarUrl : null,
                metadata == null || isMetadata(metadata) ? metadata : null);
    }

    private static boolean isName(String name) {
        return !name.isEmpty() && NameRules.isName(name, FixedLimits.USER_NAME_LENGTH);
    }

    private static boolean isUrl(String url) {
        return NameRules.isName(url, FixedLimits.AVATAR_URL_LENGTH)
                && URL.matcher(url).matches();
    }

    private static boolean isMetadata(String metadata) {
        return metadata.length() <= FixedLimits.METADATA_LENGTH
                && TextRules.isWellFormed(metadata)
                && JsonSyntax.isObject(metadata);
    }
}
