package io.roomcast.chat.socketio.internal.transport;

import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;

/**
 * Makes ids that nobody can guess; safe for use by any thread.
 *
 * <p>What the generator costs is mostly its call, so it is asked for many ids at once, and threads rarely meet at the same
 * block.
 */
final class SecretIds {
    private static final int ID_BYTES = 18;
    private static final int IDS_AT_ONCE = 128;
    private static final int BLOCKS = 16;

    private final Block[] blocks = new Block[BLOCKS];

    SecretIds() {
        SecureRandom random = seededRandom();
        Arrays.setAll(blocks, index -> new Block(random));
    }

    /** Seeded now and computing from then on, as event loops must not wait for the system's entropy. */
    private static SecureRandom seededRandom() {
        try {
            SecureRandom random = SecureRandom.getInstance("DRBG");
            random.nextBytes(new byte[ID_BYTES]);
            return random;
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK since 9 has DRBG", impossible);
        }
    }

    /** An id of {@value #ID_BYTES} random bytes, as text for URLs. */
    String next() {
        long thread = Thread.currentThread().getId();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(blocks[(int) (thread % BLOCKS)].next());
    }

    /** Random bytes that no id has yet. */
    private static final class Block {
        private final SecureRandom random;
        private final byte[] bytes = new byte[ID_BYTES * IDS_AT_ONCE];
        private int used = bytes.length;

        private Block(SecureRandom random) {
            this.random = random;
        }

        /** Nothing of an id that was given away stays in memory here. */
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
