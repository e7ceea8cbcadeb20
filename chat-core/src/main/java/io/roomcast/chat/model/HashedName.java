package io.roomcast.chat.model;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/** Replaces names by short ones that do not reveal them. */
final class HashedName {
    /** 192 bits, which are 32 characters. */
    private static final int BYTES = 24;

    private HashedName() {}

    /** Returns 32 letters, digits, hyphens and underscores, the same for the same name. */
    static String of(String name) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, BYTES));
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every JDK has SHA-256", missing);
        }
    }
}
