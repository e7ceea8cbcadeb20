package io.roomcast.chat.mongo;

import com.mongodb.MongoClientSettings;
import com.mongodb.client.MongoClient;
import java.lang.reflect.InvocationTargetException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Determines whether a client has a read timeout. */
final class ClientTimeouts {
    private ClientTimeouts() {}

    /** Returns whether a command ends if the server accepts it and then does not respond. */
    static boolean areSet(MongoClient client) {
        @Nullable Long timeout = client.getTimeout(TimeUnit.MILLISECONDS);
        return timeout != null ? timeout > 0 : hasReadTimeout(client);
    }

    /**
     * The driver's public interfaces do not expose the setting, so it is read from the driver's own client class. Any
     * other client counts as one without a timeout.
     */
    private static boolean hasReadTimeout(MongoClient client) {
        try {
            return client.getClass().getMethod("getSettings").invoke(client) instanceof MongoClientSettings settings
                    && settings.getSocketSettings().getReadTimeout(TimeUnit.MILLISECONDS) > 0;
        } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException unknown) {
            return false;
        }
    }
}
