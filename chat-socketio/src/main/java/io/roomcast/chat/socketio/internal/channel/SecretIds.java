package io.roomcast.chat.socketio.internal.channel;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;

/**
 * Creates unguessable ids. Safe for use by any thread.
 *
 * <p>A call of the random generator is expensive, so each call generates {@value #IDS_PER_CALL} ids. Threads use
 * different blocks, so they rarely wait for each other.
 */
public final class SecretIds {
    private static final int ID_BYTES = 18;
    private static final int IDS_PER_CALL = 128;
    private static final int BLOCKS = 16;

    private final Block[] blocks = new Block[BLOCKS];

    /** Creates a generator. May block until the system has entropy. */
    public SecretIds() {
        SecureRandom random = seededRandom();
        Arrays.setAll(blocks, index -> new Block(random));
    }

    /**
     * Creates a generator and seeds it, so that it never waits for entropy on an event loop.
     */
    private static SecureRandom seededRandom() {
        try {
            SecureRandom random = SecureRandom.getInstance("DRBG");
            random.nextBytes(new byte[ID_BYTES]);
            return random;
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK since 9 has DRBG", impossible);
        }
    }

    /** Returns an id of {@value #ID_BYTES} random bytes, encoded for URLs. */
    public String next() {
        long thread = Thread.currentThread().getId();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(blocks[(int) (thread % BLOCKS)].next());
    }

    /** A block of random bytes for the next ids. */
    private static final class Block {
        private final SecureRandom random;

        @GuardedBy("this")
        private final byte[] bytes = new byte[ID_BYTES * IDS_PER_CALL];

        @GuardedBy("this")
        private int used = bytes.length;

        private Block(SecureRandom random) {
            this.random = random;
        }

        /** Returns unused bytes, and clears them from the block. */
        private synchronized byte[] next() {
            if (used == bytes.length) {
                random.nextBytes(bytes);
                used = 0;
            }
            byte[] id = Arrays.copyOfRange(bytes, used, used + ID_BYTES);
            Arrays.fill(bytes, used, used + ID_BYTES, (byte) 0);
            used += ID_BYTES;
            return id;
        }
    }
}
