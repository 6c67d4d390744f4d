import Mustache

/// The templates of all pages, which the program carries inside.
///
/// A name that a view does not have is looked for in the views around it. So what may be missing is a
/// list in a view that holds others of its kind, never an optional.
enum PageTemplates {
  private static let library: MustacheLibrary = {
    let partials: [(name: String, bytes: [UInt8])] = [
      ("report", PackageResources.report_mustache), ("step", PackageResources.step_mustache),
      ("row", PackageResources.row_mustache), ("figure", PackageResources.figure_mustache),
      ("comparison", PackageResources.comparison_mustache),
      ("happenings", PackageResources.happenings_mustache),
      ("compare", PackageResources.compare_mustache),
      ("compared", PackageResources.compared_mustache),
    ]
    var templates: [String: MustacheTemplate] = [:]
    for (name, bytes) in partials {
      do {
        templates[name] = try MustacheTemplate(string: String(decoding: bytes, as: UTF8.self))
      } catch {
        preconditionFailure("the template \(name) is no template: \(error)")
      }
    }
    return MustacheLibrary(templates: templates)
  }()

  /// How pages look.
  static let style = String(decoding: PackageResources.report_css, as: UTF8.self)
  /// What makes sliders slide and the film show a step.
  static let script = String(decoding: PackageResources.report_js, as: UTF8.self)

  /// A page.
  ///
  /// - Parameters:
  ///   - view: what it shows.
  ///   - name: its template.
  /// - Returns: the whole page.
  static func page(_ view: Any, template name: String) -> String {
    library.render(view, withTemplate: name) ?? ""
  }
}
