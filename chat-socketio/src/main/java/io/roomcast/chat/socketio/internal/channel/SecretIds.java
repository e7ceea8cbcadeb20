package io.roomcast.chat.socketio.internal.channel;

import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;

/**
 * Creates unguessable ids; safe for use by any thread.
 *
 * <p>Most of a generator's cost is the call itself, so each call produces many ids. Threads rarely contend for the same
 * block.
 */
public final class SecretIds {
    private static final int ID_BYTES = 18;
    private static final int IDS_AT_ONCE = 128;
    private static final int BLOCKS = 16;

    private final Block[] blocks = new Block[BLOCKS];

    public SecretIds() {
        SecureRandom random = seededRandom();
        Arrays.setAll(blocks, index -> new Block(random));
    }

    /**
     * Returns a generator that is seeded now and needs no further entropy from the system, which could block an event
     * loop.
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

    /** A block of random bytes that no id has used yet. */
    private static final class Block {
        private final SecureRandom random;
        private final byte[] bytes = new byte[ID_BYTES * IDS_AT_ONCE];
        private int used = bytes.length;

        private Block(SecureRandom random) {
            this.random = random;
        }

        /** Clears the bytes of an issued id from memory. */
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
