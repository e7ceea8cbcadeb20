package io.roomcast.examples.chatserver;

import com.mongodb.ConnectionString;

/**
 * The address of MongoDB. Immutable; its text omits user, password and options.
 *
 * @param value the connection string, unchanged
 */
record MongoAddress(String value) {
    static MongoAddress read(Environment environment, String value) {
        MongoAddress uri = new MongoAddress(value);
        if (!uri.isSound()) {
            environment.mistake("MONGODB_URI", uri.toString(), "mongodb://host[:port]/database or mongodb+srv://…");
        }
        return uri;
    }

    /**
     * Returns whether the string is valid. Does not parse {@code mongodb+srv}, because that queries the name server.
     */
    private boolean isSound() {
        if (value.startsWith("mongodb+srv://")) {
            return value.length() > "mongodb+srv://".length();
        }
        try {
            return new ConnectionString(value).getDatabase() != null;
        } catch (IllegalArgumentException malformed) {
            return false;
        }
    }

    @Override
    public String toString() {
        return redact(value);
    }

    /** Returns the URL without the parts before its last {@code @} and after its {@code ?}, which may hold secrets. */
    static String redact(String url) {
        return url.replaceFirst("^([a-zA-Z+]*://)?.*@", "$1***@").replaceFirst("\\?.*", "");
    }
}
