package io.roomcast.chat.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What hosts can see of a module: the public types of the packages that its descriptor exports, and their members. */
public record PublicApi(Set<String> exported, List<Class<?>> types) {
    private static final String OURS = "io.roomcast.";

    /** Reads the module that is compiled into a folder, such as {@code target/classes}. */
    public static PublicApi of(Path classes) {
        Set<String> exported = exports(classes.resolve("module-info.class"));
        try (Stream<Path> files = Files.walk(classes)) {
            List<Class<?>> types = files.map(file -> classes.relativize(file).toString())
                    .filter(file -> file.endsWith(".class") && !file.endsWith("-info.class"))
                    .map(file ->
                            file.substring(0, file.length() - ".class".length()).replace('/', '.'))
                    .filter(name -> exported.contains(name.substring(0, name.lastIndexOf('.'))))
                    .<Class<?>>map(PublicApi::load)
                    .filter(PublicApi::isVisible)
                    .sorted((a, b) -> a.getName().compareTo(b.getName()))
                    .toList();
            return new PublicApi(exported, types);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Set<String> exports(Path descriptor) {
        try (InputStream file = Files.newInputStream(descriptor)) {
            return ModuleDescriptor.read(file).exports().stream()
                    .map(ModuleDescriptor.Exports::source)
                    .collect(Collectors.toSet());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name, false, PublicApi.class.getClassLoader());
        } catch (ClassNotFoundException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static boolean isVisible(Class<?> type) {
        Class<?> outer = type.getEnclosingClass();
        return Modifier.isPublic(type.getModifiers())
                && !type.isAnonymousClass()
                && (outer == null || isVisible(outer));
    }

    /** Its public constructors and methods, but for what every class, record or enum has. */
    public Stream<Executable> executables() {
        return types.stream().flatMap(PublicApi::executables);
    }

    private static Stream<Executable> executables(Class<?> type) {
        return Stream.<Executable>concat(Stream.of(type.getConstructors()), Stream.of(type.getDeclaredMethods()))
                .filter(member -> Modifier.isPublic(member.getModifiers()) && !member.isSynthetic());
    }

    /** Members whose signature names a type of ours that hosts cannot see. */
    public List<String> leaks() {
        return types.stream().flatMap(this::leaks).sorted().distinct().toList();
    }

    private Stream<String> leaks(Class<?> type) {
        Stream<AnnotatedElement> members = Stream.of(
                        type.getConstructors(), type.getDeclaredMethods(), type.getFields())
                .flatMap(Arrays::<AnnotatedElement>stream)
                .filter(member -> Modifier.isPublic(((Member) member).getModifiers()));
        return members.filter(member -> named(member).anyMatch(this::isHidden)).map(AnnotatedElement::toString);
    }

    private static Stream<Class<?>> named(AnnotatedElement member) {
        if (member instanceof Executable executable) {
            Stream<Type> result =
                    executable instanceof Method method ? Stream.of(method.getGenericReturnType()) : Stream.empty();
            return Stream.concat(Stream.of(executable.getGenericParameterTypes()), result)
                    .flatMap(PublicApi::classes);
        }
        return classes(((Field) member).getGenericType());
    }

    private static Stream<Class<?>> classes(Type type) {
        if (type instanceof Class<?> plain) {
            return plain.isArray() ? classes(plain.getComponentType()) : Stream.of(plain);
        }
        if (type instanceof ParameterizedType generic) {
            return Stream.concat(
                    classes(generic.getRawType()),
                    Stream.of(generic.getActualTypeArguments()).flatMap(PublicApi::classes));
        }
        if (type instanceof WildcardType wildcard) {
            return Stream.of(wildcard.getUpperBounds(), wildcard.getLowerBounds())
                    .flatMap(Stream::of)
                    .flatMap(PublicApi::classes);
        }
        return type instanceof GenericArrayType array ? classes(array.getGenericComponentType()) : Stream.empty();
    }

    private boolean isHidden(Class<?> type) {
        return type.getName().startsWith(OURS)
                && (!isVisible(type) || type.getPackageName().contains(".internal"));
    }
}
