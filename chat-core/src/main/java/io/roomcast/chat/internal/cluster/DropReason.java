package io.roomcast.chat.internal.cluster;

import java.util.Locale;

/** Why a frame was not handled. */
public enum DropReason {
    /** The frame is longer than {@link Frames#MAX_BYTES}. */
    TOO_LONG,
    /** The frame has a version that this release does not know. */
    UNKNOWN_VERSION,
    /** The signature is invalid: another key, another channel, or altered bytes. */
    INVALID_SIGNATURE,
    /** The frame has a kind that this release does not know. */
    UNKNOWN_KIND,
    /** The frame has a kind that does not belong in its channel. */
    WRONG_CHANNEL,
    /** The fields are incomplete or invalid. */
    MALFORMED,
    /** The request was handled before. */
    REPEATED,
    /** The request is too old, or the clocks of the nodes differ. */
    STALE,
    /** The node failed to handle the frame. */
    FAILED;

    private final String label = name().toLowerCase(Locale.ROOT);

    /** Returns the reason for meters and the log: the constant's name in lower case. */
    public String label() {
        return label;
    }
}
