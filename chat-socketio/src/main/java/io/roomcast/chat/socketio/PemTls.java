package io.roomcast.chat.socketio;

import io.netty.handler.ssl.SslContext;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves TLS with a certificate chain and a key from two files, and checks the files for changes on its own thread.
 *
 * <p>New connections use changed files once these are the same in two successive checks and match each other. Until
 * then, or if they do not match, the old files stay in use.
 */
final class PemTls implements ServerTls {
    private static final Logger log = LoggerFactory.getLogger(PemTls.class);

    private final Path certificates;
    private final Path key;
    private final Duration interval;
    private PemFile[] used;
    private PemFile[] seen;
    private String complaint = "";
    private volatile SslContext context;

    @Nullable
    private ScheduledExecutorService thread;

    /**
     * Reads the files; blocks.
     *
     * @throws IllegalArgumentException if they cannot be used
     */
    PemTls(Path certificates, Path key, Duration interval) {
        this.certificates = certificates;
        this.key = key;
        this.interval = interval;
        this.used = read();
        this.seen = used;
        this.context = context(used);
    }

    private PemFile[] read() {
        return new PemFile[] {PemFile.read(certificates), PemFile.read(key)};
    }

    private static SslContext context(PemFile... files) {
        List<X509Certificate> chain = PemCertificates.read(files[0]);
        PrivateKey privateKey = PemKey.read(files[1]);
        for (int i = 0; i < chain.size(); i++) {
            if (KeyPairs.match(privateKey, chain.get(i).getPublicKey())) {
                return first(i, files, chain, privateKey);
            }
        }
        throw files[1].refused(
                "is not the key of the certificate in " + files[0].path(),
                "the same from: openssl pkey -pubout -in " + files[1].path() + "; openssl x509 -noout -pubkey -in "
                        + files[0].path());
    }

    private static SslContext first(int index, PemFile[] files, List<X509Certificate> chain, PrivateKey privateKey) {
        if (index > 0) {
            throw files[0].refused(
                    "has the certificate of the key as number " + (index + 1),
                    "that one first, then those that signed it");
        }
        return TlsContexts.of(privateKey, chain);
    }

    @Override
    public SslContext context() {
        return context;
    }

    @Override
    public synchronized void start() {
        thread = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread daemon = new Thread(task, "roomcast-certificates");
            daemon.setDaemon(true);
            return daemon;
        });
        thread.scheduleWithFixedDelay(this::look, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public synchronized void stop() {
        if (thread != null) {
            thread.shutdownNow();
        }
    }

    /** Checks the files once; blocks. */
    synchronized void look() {
        try {
            PemFile[] found = read();
            boolean isSettled = areSame(found, seen);
            seen = found;
            if (isSettled && !areSame(found, used)) {
                used = found;
                context = context(found);
                complaint = "";
                log.info("serving with the new certificate in {}", certificates);
            }
        } catch (IllegalArgumentException unusable) {
            complain(String.valueOf(unusable.getMessage()));
        } catch (RuntimeException unexpected) {
            log.warn("cannot look for a new certificate; serving on with the old one", unexpected);
        }
    }

    /** Logs a reason once, not at every check. */
    private void complain(String reason) {
        if (!reason.equals(complaint)) {
            complaint = reason;
            log.warn("serving on with the old certificate: {}", reason);
        }
    }

    private static boolean areSame(PemFile[] some, PemFile[] others) {
        return some[0].hasSameBytes(others[0]) && some[1].hasSameBytes(others[1]);
    }
}
