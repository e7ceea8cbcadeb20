package io.roomcast.chat.mongo;

import com.mongodb.MongoException;
import com.mongodb.MongoSecurityException;
import com.mongodb.MongoTimeoutException;
import com.mongodb.ServerAddress;
import com.mongodb.client.MongoClient;
import com.mongodb.connection.ClusterDescription;
import com.mongodb.connection.ClusterSettings;
import com.mongodb.connection.ClusterType;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What happens once with a database before it is used: reach it, make its indexes, and learn its epoch. */
final class Startup {
    private static final Logger log = LoggerFactory.getLogger(MongoChatStore.class);

    private Startup() {}

    /**
     * Prepares the database.
     *
     * @return the epoch
     * @throws IllegalStateException if it cannot be reached or used; the message is one line, names the hosts, and never
     *     holds a credential
     */
    static String prepare(MongoClient client, ChatDatabase database) {
        try {
            database.ping();
            warnOfSingleServer(client.getClusterDescription());
            Indexes.ensure(database);
            return Epoch.of(database.meta());
        } catch (MongoException failure) {
            throw new IllegalStateException(
                    "MongoDB at " + hosts(client) + " " + reason(failure, database.name()), failure);
        }
    }

    /**
     * The one weakness that the store cannot make good: concerns are its own, but with a single server a majority is
     * that server's disk, and the driver cannot retry.
     */
    private static void warnOfSingleServer(ClusterDescription cluster) {
        if (cluster.getType() == ClusterType.STANDALONE) {
            log.warn(
                    "MongoDB at {} is a single server: what it acknowledges is as safe as its disk; use a replica set"
                            + " in production",
                    hosts(cluster.getClusterSettings()));
        }
    }

    private static String reason(MongoException failure, String database) {
        if (failure instanceof MongoSecurityException) {
            return "refused the credentials";
        }
        if (failure instanceof MongoTimeoutException) {
            return "cannot be reached";
        }
        String code = failure.getCode() > 0 ? ", code " + failure.getCode() : "";
        return "cannot use the database " + database + " (" + failure.getClass().getSimpleName() + code + ")";
    }

    private static String hosts(MongoClient client) {
        return hosts(client.getClusterDescription().getClusterSettings());
    }

    private static String hosts(ClusterSettings settings) {
        String srvHost = settings.getSrvHost();
        return srvHost != null
                ? srvHost
                : settings.getHosts().stream().map(ServerAddress::toString).collect(Collectors.joining(","));
    }
}
