package io.evenkeel.healing.patch.tree;

import io.evenkeel.healing.source.CallSite;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import org.treesitter.TSNode;
import org.treesitter.TSParser;
import org.treesitter.TSTree;

/** One parsed source file. Immutable once parsed. */
public final class SourceUnit {

    private static final int MAX_BYTES = 2_000_000;
    private static final int MAX_DEPTH = 400;
    private static final Set<String> KEYWORDS = Set.of("get", "static");

    public final String path;
    public final SyntaxNode root;
    private final byte[] bytes;
    private final Language language;
    private final Outline outline;

    private SourceUnit(String path, byte[] bytes, SyntaxNode root, Language language) {
        this.path = path;
        this.bytes = bytes;
        this.root = root;
        this.language = language;
        this.outline = language.outline(this);
    }

    /** Returns the language it is written in. */
    public Language language() {
        return language;
    }

    /** Returns what it declares and calls. */
    public Outline outline() {
        return outline;
    }

    /** Parses a file, or returns empty if it is not UTF-8 or too large to be written by hand. */
    public static Optional<SourceUnit> parse(String path, byte[] bytes, Language language) {
        if (bytes.length > MAX_BYTES || !isUtf8(bytes)) {
            return Optional.empty();
        }
        try (TSParser parser = new TSParser()) {
            parser.setLanguage(language.grammar());
            TSTree tree = parser.parseString(null, skeleton(bytes));
            SyntaxNode root = copy(tree.getRootNode(), "", null, 0);
            return Optional.of(new SourceUnit(path, bytes, root, language));
        }
    }

    private static boolean isUtf8(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    /** One ASCII character for each byte, so that offsets in the tree are offsets in the file whatever the binding encodes. */
    private static String skeleton(byte[] bytes) {
        boolean mark =
                bytes.length >= 3 && bytes[0] == (byte) 0xef && bytes[1] == (byte) 0xbb && bytes[2] == (byte) 0xbf;
        StringBuilder text = new StringBuilder(bytes.length);
        for (int i = 0; i < bytes.length; i++) {
            boolean blank = (mark && i < 3) || bytes[i] == 0;
            text.append(blank ? ' ' : bytes[i] < 0 ? 'x' : (char) bytes[i]);
        }
        return text.toString();
    }

    private static SyntaxNode copy(
            TSNode node, String field, @org.jspecify.annotations.Nullable SyntaxNode parent, int depth) {
        SyntaxNode copy = new SyntaxNode(
                node.getType(), field, new Span(node.getStartByte(), node.getEndByte()), node.hasError(), parent);
        int count = depth > MAX_DEPTH ? 0 : node.getChildCount();
        for (int i = 0; i < count; i++) {
            TSNode child = node.getChild(i);
            String name = node.getFieldNameForChild(i);
            boolean keyword = KEYWORDS.contains(child.getType());
            if (child.isNamed() || keyword || (name != null && name.equals("operator"))) {
                copy.children.add(copy(child, name == null ? "" : name, copy, depth + 1));
            }
        }
        return copy;
    }

    /** Returns what is written at a node. */
    public String text(SyntaxNode node) {
        return text(node.start, node.end);
    }

    /** Returns what is written between two offsets. */
    public String text(int start, int end) {
        return new String(bytes, start, end - start, StandardCharsets.UTF_8);
    }

    /** Returns the bytes of a line, counted from 1, or an empty range after the end. */
    public Span line(int number) {
        int start = offset(new CallSite(path, number, 1));
        if (start < 0) {
            return new Span(bytes.length, bytes.length);
        }
        int end = start;
        while (end < bytes.length && bytes[end] != '\n') {
            end++;
        }
        return new Span(start, end);
    }

    /** Returns the offset of a place, or -1 if the file is shorter. */
    public int offset(CallSite place) {
        int at = 0;
        for (int line = 1; line < place.line(); line++) {
            while (at < bytes.length && bytes[at] != '\n') {
                at++;
            }
            if (at++ >= bytes.length) {
                return -1;
            }
        }
        int end = at;
        while (end < bytes.length && bytes[end] != '\n') {
            end++;
        }
        String line = text(at, end);
        String before = line.substring(0, Math.min(line.length(), Math.max(0, place.column() - 1)));
        return at + before.getBytes(StandardCharsets.UTF_8).length;
    }

    /** Returns the place of an offset. */
    public CallSite site(int offset) {
        int line = 1;
        int start = 0;
        for (int i = 0; i < offset; i++) {
            if (bytes[i] == '\n') {
                line++;
                start = i + 1;
            }
        }
        return new CallSite(path, line, text(start, offset).length() + 1);
    }

    /** Returns the innermost node that begins at the offset or spans it. */
    public SyntaxNode at(int offset) {
        SyntaxNode node = root;
        boolean deeper = true;
        while (deeper) {
            deeper = false;
            for (SyntaxNode child : node.children) {
                if (child.start <= offset && offset < child.end) {
                    node = child;
                    deeper = true;
                    break;
                }
            }
        }
        return node;
    }
}
