//! The cable between a process and its database, which can be cut.

use std::net::SocketAddr;

use tokio::io::copy_bidirectional;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

#[derive(Clone, Copy, PartialEq)]
enum Is {
    Whole,
    /// Nothing gets through, and nobody is told.
    Cut,
    /// Nobody is at the other end.
    Unplugged,
}

/// A cable: it is whole until it is cut or unplugged.
pub struct Cable {
    pub port: u16,
    is: watch::Sender<Is>,
}

impl Cable {
    pub async fn to(server: SocketAddr) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let (is, state) = watch::channel(Is::Whole);
        tokio::spawn(async move {
            while let Ok((near, _)) = listener.accept().await {
                tokio::spawn(carry(near, server, state.clone()));
            }
        });
        Self { port, is }
    }

    pub fn cut(&self) {
        self.is.send_replace(Is::Cut);
    }

    pub fn unplug(&self) {
        self.is.send_replace(Is::Unplugged);
    }

    /// What was cut is told so now, and new connections get through.
    pub fn mend(&self) {
        self.is.send_replace(Is::Whole);
    }
}

async fn carry(mut near: TcpStream, server: SocketAddr, mut state: watch::Receiver<Is>) {
    if *state.borrow_and_update() == Is::Whole {
        let Ok(mut far) = TcpStream::connect(server).await else { return };
        tokio::select! {
            _ = copy_bidirectional(&mut near, &mut far) => return,
            _ = state.wait_for(|is| *is != Is::Whole) => {}
        }
        // Held open: neither end is told.
        let _ = state.wait_for(|is| *is != Is::Cut).await;
    } else {
        let _ = state.wait_for(|is| *is != Is::Cut).await;
    }
}
