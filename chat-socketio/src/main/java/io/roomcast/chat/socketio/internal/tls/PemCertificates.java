package io.roomcast.chat.socketio.internal.tls;

import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;

/** Reads certificate chains, and explains how to convert unusable ones. */
final class PemCertificates {
    private PemCertificates() {}

    /**
     * Returns all certificates of a file, in order.
     *
     * @throws IllegalArgumentException if there is none, or any cannot be used
     */
    static List<X509Certificate> read(PemFile file) {
        List<X509Certificate> chain = file.blocks().stream()
                .filter(block -> block.label().equals("CERTIFICATE"))
                .map(block -> certificate(file, block.der()))
                .toList();
        if (chain.isEmpty()) {
            throw absent(file);
        }
        return chain;
    }

    private static IllegalArgumentException absent(PemFile file) {
        String begin = "convert it with: openssl ";
        String files = file.path() + " -out " + file.path() + ".new";
        if (file.isBinary()) {
            return file.refused("is not in the PEM form", begin + "x509 -inform der -in " + files);
        }
        if (has(file, "TRUSTED CERTIFICATE")) {
            return file.refused("has a trusted certificate", begin + "x509 -in " + files);
        }
        if (has(file, "PKCS7")) {
            return file.refused("is in the form of PKCS #7", begin + "pkcs7 -print_certs -in " + files);
        }
        return file.refused("has no certificate", "-----BEGIN CERTIFICATE-----");
    }

    private static boolean has(PemFile file, String label) {
        return file.blocks().stream().anyMatch(block -> block.label().equals(label));
    }

    private static X509Certificate certificate(PemFile file, byte[] der) {
        try {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
        } catch (CertificateException malformed) {
            throw file.refused("has a certificate that cannot be read", "an X.509 certificate, from its first byte on");
        }
    }
}
