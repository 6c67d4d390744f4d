import CPCRE2

/// What PCRE2 makes of a pattern; nothing changes it once it is made, so that threads may share it.
final class CompiledPattern: Sendable {
  /// What a match of any text may cost, in steps: an item of the pattern tried, or a byte passed
  /// over.
  private static let steps = 1_000_000
  /// What it may cost beside for every byte of the text.
  private static let stepsForByte = 100
  /// What it may take of memory, in KiB.
  private static let memory: UInt32 = 65_536

  private nonisolated(unsafe) let code: OpaquePointer

  init(_ text: String) throws(PatternError) {
    let bytes = Array(text.utf8)
    let context = pcre2_compile_context_create_8(nil)
    defer { pcre2_compile_context_free_8(context) }
    pcre2_set_newline_8(context, UInt32(PCRE2_NEWLINE_ANY))
    pcre2_set_bsr_8(context, UInt32(PCRE2_BSR_UNICODE))
    pcre2_set_max_pattern_length_8(context, Pattern.longest)
    // Steps are counted by callouts; what the engine leaves out of them, it does not do either.
    let options = PCRE2_UTF | PCRE2_UCP | PCRE2_NEVER_BACKSLASH_C | PCRE2_AUTO_CALLOUT
    var (number, offset): (Int32, Int) = (0, 0)
    let compiled = pcre2_compile_8(bytes, bytes.count, options, &number, &offset, context)
    guard let compiled else { throw PatternError(number, at: offset, of: bytes) }
    code = compiled
  }

  deinit { pcre2_code_free_8(code) }

  /// Matches a text.
  ///
  /// - Returns: the ranges of the whole and of all groups; nil where nothing fits.
  func match(_ text: [UInt8], fit: Pattern.Fit) throws(PatternMatchError) -> [Range<Int>?]? {
    let limit = Self.steps + text.count * Self.stepsForByte
    let context = pcre2_match_context_create_8(nil)
    let data = pcre2_match_data_create_from_pattern_8(code, nil)
    defer {
      pcre2_match_data_free_8(data)
      pcre2_match_context_free_8(context)
    }
    pcre2_set_match_limit_8(context, UInt32(limit))
    pcre2_set_depth_limit_8(context, UInt32(limit))
    pcre2_set_heap_limit_8(context, Self.memory)
    var options = PCRE2_NO_UTF_CHECK
    if fit == .whole { options |= UInt32(PCRE2_ANCHORED) | UInt32(PCRE2_ENDANCHORED) }
    var allowance = gantry_match_allowance(left: UInt64(limit), position: 0)
    let answer = withUnsafeMutablePointer(to: &allowance) { allowance in
      gantry_set_allowance(context, allowance)
      return pcre2_match_8(code, text, text.count, 0, options, data, context)
    }
    switch answer {
    case PCRE2_ERROR_NOMATCH: return nil
    case PCRE2_ERROR_CALLOUT, PCRE2_ERROR_MATCHLIMIT, PCRE2_ERROR_DEPTHLIMIT:
      throw .steps(limit: limit)
    case PCRE2_ERROR_HEAPLIMIT, PCRE2_ERROR_NOMEMORY: throw .memory
    case ..<0: throw .other(Self.words(answer))
    default: return ranges(data, in: text)
    }
  }

  private func ranges(_ data: OpaquePointer?, in text: [UInt8]) -> [Range<Int>?] {
    guard let ends = pcre2_get_ovector_pointer_8(data) else { return [] }
    return (0..<Int(pcre2_get_ovector_count_8(data))).map { group in
      let (start, end) = (ends[2 * group], ends[2 * group + 1])
      // A group that took no part has no ends (`PCRE2_UNSET`, which is -1 here); a match that `\K`
      // moved into what lies ahead may begin behind its end.
      guard start >= 0, start <= end else { return nil }
      return start..<end
    }
  }

  /// What the engine says of an error, without a final stop.
  static func words(_ number: Int32) -> String {
    var buffer = [UInt8](repeating: 0, count: 256)
    let length = pcre2_get_error_message_8(number, &buffer, buffer.count)
    return length > 0
      ? String(decoding: buffer.prefix(Int(length)), as: UTF8.self) : "error \(number)"
  }
}
