//! Distances and extents. All functions are `libm`'s, for the same bytes on every machine.

const EARTH_KM: f64 = 6371.0;

type Vector = [f64; 3];

fn vector((lat, lon): (f64, f64)) -> Vector {
    let (lat, lon) = (lat.to_radians(), lon.to_radians());
    [libm::cos(lat) * libm::cos(lon), libm::cos(lat) * libm::sin(lon), libm::sin(lat)]
}

/// The distance of two positions (latitude and longitude in degrees) in kilometres.
pub fn distance_km(a: (f64, f64), b: (f64, f64)) -> f64 {
    let (a, b) = (vector(a), vector(b));
    let chord = libm::sqrt((0..3).map(|axis| (a[axis] - b[axis]) * (a[axis] - b[axis])).sum());
    2.0 * EARTH_KM * libm::asin((chord / 2.0).min(1.0))
}

/// The radius in kilometres of a circle of this area in square kilometres.
pub fn radius_of_area(km2: f64) -> f64 {
    libm::sqrt(km2 / std::f64::consts::PI).ceil()
}

/// The usual radius in kilometres of a town of that many inhabitants, in coarse steps.
pub fn radius_of_town(population: u64) -> f64 {
    match population {
        0..20_000 => 1.0,
        20_000..100_000 => 2.0,
        100_000..250_000 => 4.0,
        250_000..750_000 => 6.0,
        750_000..2_000_000 => 10.0,
        2_000_000..6_000_000 => 15.0,
        _ => 25.0,
    }
}

/// Positions of the towns of a division.
pub struct Spread {
    centre: (f64, f64),
    members: Vec<(f64, f64)>,
}

impl Spread {
    /// None without any member.
    pub fn new(members: impl Iterator<Item = (f64, f64)>) -> Option<Self> {
        let members: Vec<(f64, f64)> = members.collect();
        let mut sum = [0.0; 3];
        for &member in &members {
            let vector = vector(member);
            (0..3).for_each(|axis| sum[axis] += vector[axis]);
        }
        let flat = libm::sqrt(sum[0] * sum[0] + sum[1] * sum[1]);
        let centre = (libm::atan2(sum[2], flat).to_degrees(), libm::atan2(sum[1], sum[0]).to_degrees());
        (!members.is_empty()).then_some(Self { centre, members })
    }

    pub fn centre(&self) -> (f64, f64) {
        self.centre
    }

    /// The radius around `position` that holds nine of ten members, and a tenth more; `usual` if there are few.
    pub fn radius_km(&self, position: (f64, f64), usual: f64) -> f64 {
        let mut distances: Vec<f64> = self.members.iter().map(|&member| distance_km(position, member)).collect();
        if distances.len() < 5 {
            return usual;
        }
        distances.sort_by(f64::total_cmp);
        distances[distances.len() * 9 / 10] * 1.1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_and_centres_hold_across_the_date_line() {
        // A degree of the equator has 111.2 km.
        assert!((distance_km((0.0, 179.5), (0.0, -179.5)) - 111.2).abs() < 0.1);
        let spread = Spread::new([(1.0, 179.0), (-1.0, -179.0)].into_iter()).unwrap();
        assert!(distance_km(spread.centre(), (0.0, 180.0)) < 1.0);
        assert!(Spread::new(std::iter::empty()).is_none());
    }
}
