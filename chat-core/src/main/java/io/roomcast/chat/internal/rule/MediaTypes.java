package io.roomcast.chat.internal.rule;

import java.util.regex.Pattern;

/** Recognises media types with their parameters, as in RFC 9110, section 8.3.1. */
final class MediaTypes {
    private static final int MAX_LENGTH = 255;
    private static final String TOKEN = "[\\w!#$%&'*+.^`|~-]{1,127}+";

    /** Codecs are often listed without quotes. */
    private static final String VALUE = "[\\w!#$%&'*+,.^`|~-]{1,127}+";

    private static final String QUOTED = "\"(?:[^\"\\\\\\p{Cntrl}]|\\\\[^\\p{Cntrl}])*+\"";
    private static final Pattern MEDIA_TYPE = Pattern.compile(
            TOKEN + "/" + TOKEN + "(?:[ \\t]*+;[ \\t]*+" + TOKEN + "=(?:" + VALUE + "|" + QUOTED + "))*+[ \\t]*+;?+");

    private MediaTypes() {}

    /** Whether the text is one media type, of at most {@value #MAX_LENGTH} UTF-16 units. */
    static boolean permits(String text) {
        return text.length() <= MAX_LENGTH
                && TextRules.isWellFormed(text)
                && MEDIA_TYPE.matcher(text).matches();
    }
}
