package io.roomcast.chat.internal.rule;

import io.roomcast.chat.model.FixedLimits;
import java.util.regex.Pattern;

/** Checks media types with their parameters, as in RFC 9110, section 8.3.1. */
final class MediaTypes {
    private static final String TOKEN = "[\\w!#$%&'*+.^`|~-]{1,127}+";

    /** Permits commas, as clients often list codecs without quotes. */
    private static final String VALUE = "[\\w!#$%&'*+,.^`|~-]{1,127}+";

    private static final String QUOTED = "\"(?:[^\"\\\\\\p{Cntrl}]|\\\\[^\\p{Cntrl}])*+\"";
    private static final Pattern MEDIA_TYPE = Pattern.compile(
            TOKEN + "/" + TOKEN + "(?:[ \\t]*+;[ \\t]*+" + TOKEN + "=(?:" + VALUE + "|" + QUOTED + "))*+[ \\t]*+;?+");

    private MediaTypes() {}

    /** Returns whether the text is one media type of at most {@value FixedLimits#MIME_TYPE_LENGTH} UTF-16 units. */
    static boolean isMediaType(String text) {
        return text.length() <= FixedLimits.MIME_TYPE_LENGTH
                && TextRules.isWellFormed(text)
                && MEDIA_TYPE.matcher(text).matches();
    }
}
