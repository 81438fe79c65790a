//! Figures in columns: the first to the left, the others to the right.

/// Prints a title, a head and rows.
pub(super) fn print(title: &str, head: &[&str], rows: &[Vec<String>]) {
    println!("\n{title}");
    for line in lines(head, rows) {
        println!("  {line}");
    }
}

fn lines(head: &[&str], rows: &[Vec<String>]) -> Vec<String> {
    let head: Vec<String> = head.iter().map(ToString::to_string).collect();
    let all: Vec<&Vec<String>> = std::iter::once(&head).chain(rows).collect();
    let width = |column: usize| {
        let cells = all.iter().filter_map(|row| row.get(column));
        cells.map(|it| it.chars().count()).max().unwrap_or(0)
    };
    all.iter().map(|row| line(row, width)).collect()
}

fn line(row: &[String], width: impl Fn(usize) -> usize) -> String {
    let cell = |(column, text): (usize, &String)| match column {
        0 => format!("{text:<0$}", width(column)),
        _ => format!("{text:>0$}", width(column) + 2),
    };
    row.iter().enumerate().map(cell).collect()
}

/// `1234567` -> `1 234 567`.
pub(super) fn thousands(number: f64) -> String {
    let digits = format!("{number:.0}");
    let mut grouped = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            grouped.push(' ');
        }
        grouped.push(digit);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_stand_under_one_another() {
        let rows = [
            vec!["grep".to_owned(), "9".to_owned()],
            vec!["jalon".to_owned(), "12".to_owned()],
        ];
        assert_eq!(
            lines(&["", "MB/s"], &rows),
            ["       MB/s", "grep      9", "jalon    12"]
        );
    }

    #[test]
    fn thousands_are_grouped() {
        assert_eq!(thousands(1_234_567.2), "1 234 567");
        assert_eq!(thousands(100.0), "100");
    }
}
